internal import Messages
import Platform
import Sessions

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a person sets once in the dashboard, kept under `$XDG_CONFIG_HOME/fmnist-tui` or `~/.config/fmnist-tui`.
package struct SettingsFile {
  /// The settings found, or those of a first start.
  package let settings: DashboardSettings
  /// What is wrong with the file, if something is; such a file is left alone.
  package let problem: String?
  private let path: String?

  /// Reads the file, if there is one.
  package init(environment: [String: String]) {
    path = Self.path(environment: environment)
    guard let path, Files.exists(path) else {
      (settings, problem) = (DashboardSettings(), nil)
      return
    }
    do {
      let text = try DurableFile.read(path)
      if let fault = JSONFault(in: text) { throw fault }
      settings = try JSONDecoder().decode(DashboardSettings.self, from: Data(text))
      problem = nil
    } catch {
      let place = (error as? JSONFault).map { " (\($0.description))" } ?? ""
      settings = DashboardSettings()
      problem = says(
        "\(path): not readable as settings\(place), so it is ignored and left as it is. Correct or remove it.",
        "\(path)：不能作为设置读取\(place)，因此忽略它并保持原样。请改正或删除它。")
    }
  }

  /// Writes the settings if they have changed, and returns what is wrong if that cannot be; it is no reason to fail.
  package func save(_ changed: DashboardSettings) -> String? {
    guard let path, problem == nil, changed != settings else { return nil }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    guard let contents = try? encoder.encode(changed) else { return nil }
    do {
      try Folder.make(path.folderAndName.folder)
      try DurableFile.write(Array(contents), to: path, throughLinks: true)
      return nil
    } catch {
      return says(
        "Warning: \(error.description) What was set in the dashboard is not kept for the next start.",
        "警告：\(error.description)仪表板中的设置不会保留到下次启动。")
    }
  }

  private static func path(environment: [String: String]) -> String? {
    if let folder = environment["XDG_CONFIG_HOME"], folder.isAbsolutePath {
      return folder + "/fmnist-tui/settings.json"
    }
    guard let home = environment["HOME"], home.isAbsolutePath else { return nil }
    return home + "/.config/fmnist-tui/settings.json"
  }
}
