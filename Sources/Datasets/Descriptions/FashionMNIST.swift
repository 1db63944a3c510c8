internal import Messages

extension DatasetDescription {
  /// Photographs of Zalando's articles (Xiao, Rasul and Vollgraf, 2017).
  ///
  /// The hashes are of the contents, because packagers compress the files anew.
  public static let fashionMNIST = idx(
    key: "fashion-mnist", name: "Fashion-MNIST",
    classNames: [
      "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag",
      "Ankle boot",
    ],
    files: [
      (.contentsSHA256("c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888"), 26_421_880),
      (.contentsSHA256("bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9"), 29_515),
      (.contentsSHA256("5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b"), 4_422_102),
      (.contentsSHA256("0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"), 5_148),
    ],
    environmentVariable: "FMNIST_DATA", cacheDirectory: "fmnist-tui",
    systemPackage: SystemPackage(
      name: "dataset-fashion-mnist", directory: "/usr/share/datasets/fashion-mnist"),
    bundledSample: "fashion-mnist-sample",
    sources: [
      "https://github.com/zalandoresearch/fashion-mnist/raw/master/data/fashion",
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com",
    ],
    license: Wording("MIT, Zalando SE", "MIT，Zalando SE"),
    pictureStyle: PictureStyle(subject: Wording("garment", "服饰"), margin: 0), augmentations: [.flip, .shift])
}
