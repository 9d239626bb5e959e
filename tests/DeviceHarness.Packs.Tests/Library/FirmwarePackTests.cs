using System.Buffers;
using System.Security.Cryptography;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.Duis.Bodies.Firmware;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Packs.Steps;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Packs.Tests.Library;

public sealed class FirmwarePackTests
{
    private static readonly TestPack Pack = PackLibrary.Find("firmware")!;

    [Fact]
    public void Lint_finds_nothing_odd() => PackLint.Check(Pack).Findings.Should().BeEmpty();

    [Theory]
    [InlineData("4.2.1")]
    [InlineData("4.2.0")]
    public void Each_image_is_whole_and_of_the_version_that_the_request_names(string version)
    {
        byte[] image = ImageOf(version);

        OperationStatus status = OtaFile.Decode(image, out OtaFile file, out int consumedOctets, out _);

        status.Should().Be(OperationStatus.Done);
        consumedOctets.Should().Be(image.Length);
        FirmwareLabel.Find(file.Header.Text)!.Version.Should().Be(version);
        file.CheckIntegrity().Should().Be(OtaIntegrity.BeforeElement);
    }

    [Fact]
    public void The_hash_of_the_activation_is_that_of_the_image_delivered_before_it()
    {
        TestCase testCase = Pack.Find("FW-01")!;

        HashIn(testCase.Steps[2]).Should().Be(Convert.ToHexString(SHA256.HashData(ImageOf("4.2.1"))));
        HashIn(testCase.Cleanup[1]).Should().Be(Convert.ToHexString(SHA256.HashData(ImageOf("4.2.0"))));
        HashIn(Pack.Find("FW-03")!.Steps[1]).Should().NotBe(HashIn(testCase.Steps[2]), "FW-03 looks for a mismatch");
    }

    [Fact]
    public void Cases_that_change_firmware_are_never_repeated_by_themselves_and_put_it_back()
    {
        TestCase[] changing = [.. Pack.Cases.Where(testCase => testCase.Steps.Any(step => step.ServiceReferenceVariant == "11.1"))];

        changing.Should().HaveCount(10).And.OnlyContain(testCase => testCase.Repeat == RepeatPolicy.Never);
        changing.Where(testCase => testCase.Steps.Any(IsGoodDelivery)).Should().HaveCount(7)
            .And.OnlyContain(testCase => testCase.Cleanup.Count == 3);
        changing.SelectMany(testCase => testCase.Steps).Where(step => step.ServiceReferenceVariant == "11.1")
            .Should().OnlyContain(step =>
                step.Change == (IsGoodDelivery(step) ? StepChange.Wearing : StepChange.Irreversible) && step.TouchesDevice);
    }

    private static bool IsGoodDelivery(PackStep step) =>
        step is RequestStep { ServiceReferenceVariant: "11.1", Request.Delivery: not ImageDelivery.Unchecked };

    private static byte[] ImageOf(string version) => Pack.Cases
        .SelectMany(testCase => testCase.Steps.Concat(testCase.Cleanup)).OfType<RequestStep>()
        .Where(step => ValueIn(step, "FirmwareVersion") == version)
        .Select(step => Convert.FromBase64String(ValueIn(step, "FirmwareImage")!)).First();

    private static string? HashIn(PackStep step) => ValueIn((RequestStep)step, "FirmwareHash");

    private static string? ValueIn(RequestStep step, string name) =>
        step.Request.Body.FirstOrDefault(element => element.Name == name)?.Value?.Text;
}
