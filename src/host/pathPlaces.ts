/** What holds in the folders of one file system, read once. Pure: it is told how to read. */
import {
  awaitSteps,
  type Content,
  enter,
  folderOf,
  isRoot,
  nowhere,
  type Place,
  type PlaceOptions,
} from "../settings/index.ts";

export class PathPlaces {
  private readonly known = new Map<string, Promise<Place>>();
  private readonly options: PlaceOptions;

  constructor(
    private readonly read: (path: string) => Promise<Content>,
    { gitignore }: Pick<PlaceOptions, "gitignore">,
  ) {
    this.options = { gitignore, root: "/" };
  }

  /** Of a folder, by all that lies above it. */
  of(folder: string): Promise<Place> {
    const known = this.known.get(folder);
    if (known) return known;
    const made = this.above(folder).then((above) => this.enter(above, folder, undefined));
    this.known.set(folder, made);
    return made;
  }

  above(folder: string): Promise<Place> {
    return isRoot(folder) ? Promise.resolve(nowhere(this.options)) : this.of(folderOf(folder));
  }

  enter(above: Place, folder: string, entries: ReadonlySet<string> | undefined): Promise<Place> {
    return awaitSteps(enter(above, folder, entries, this.options), this.read);
  }
}
