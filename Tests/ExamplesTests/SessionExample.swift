import Sessions

/// The SHA-256 of the final weights of a session's runs, by their names.
func hashesOfWeights(inFolder folder: String) throws -> [String: String] {
  let runs = try RunReader(RunFolder(path: folder)).summary().runs
  return runs.reduce(into: [:]) { hashes, run in hashes[run.name] = run.weightsSHA256 }
}
