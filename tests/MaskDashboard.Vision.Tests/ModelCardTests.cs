using System.Security.Cryptography;

namespace MaskDashboard.Vision.Tests;

public sealed class ModelCardTests
{
    [Theory]
    [InlineData("yunet-mask.onnx")]
    [InlineData("vgg19-mask.int8.onnx")]
    [InlineData("vgg19-mask.fp16.onnx")]
    [InlineData("haarcascade_frontalface_default.xml")]
    public void ModelFile_AndItsCard_HaveTheSameSha256(string file)
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(RepositoryFiles.Models, file))));

        var row = Assert.Single(File.ReadAllLines(Path.Combine(RepositoryFiles.Models, "README.md")), line => line.StartsWith($"| `{file}` |", StringComparison.Ordinal));

        Assert.Contains(digest, row, StringComparison.Ordinal);
    }
}
