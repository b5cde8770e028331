/** OpenMMLab: layers are described by dictionaries such as `act_cfg=dict(type="ReLU")`. https://mmcv.readthedocs.io */
import type { Framework } from "./framework.ts";

/** Its libraries; each has layers that take an `act_cfg`. */
const ROOTS =
  "mmcv mmengine mmcls mmdet mmdet3d mmseg mmpose mmedit mmagic mmgen mmaction mmocr mmpretrain mmyolo".split(
    " ",
  );
const LIBRARY = new RegExp(`^(?:${ROOTS.join("|")})(?=\\.|$)`);

export const mmcv: Framework = {
  id: "mmcv",
  roots: ROOTS,
  canonical: (symbol) =>
    LIBRARY.test(symbol)
      ? symbol.replace(/^mmcv\.cnn\.bricks\.(?:\w+\.)?(?=[A-Za-z]\w*$)/, "mmcv.cnn.")
      : undefined,
  activationArguments: {
    "mmcv.cnn.ConvModule": { act_cfg: 10 },
    "mmcv.cnn.DepthwiseSeparableConvModule": { act_cfg: 7, dw_act_cfg: 9, pw_act_cfg: 11 },
    "mmcv.cnn.build_activation_layer": { cfg: 0 },
  },
  unwritten: { "mmcv.cnn.ConvModule": { act_cfg: "ReLU" } },
  layers: {},
  optimisers: {},
};
