using DeviceHarness.Virtual.Firmware;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Virtual.Tests.Firmware;

public sealed class UpgradeFileTests
{
    private static readonly FirmwareUpdateOptions Meter = new();

    [Fact]
    public void An_image_made_by_others_is_sound()
    {
        FirmwareUpdateOptions meter = new() { ManufacturerCode = 0x105E, ImageType = 0x7001, HardwareVersion = 261 };

        UpgradeFile.Judge(Octets(FirmwareImages.AllOptionalFields), meter, isAnyDevice: false).Should().Be(ImageVerdict.Sound);
        UpgradeFile.Judge(Octets(FirmwareImages.Sound), Meter, isAnyDevice: false).Should().Be(ImageVerdict.Sound);
        UpgradeFile.VersionOf(Octets(FirmwareImages.Sound)).Should().Be("4.3.0");
    }

    [Theory]
    [InlineData(FirmwareImages.OfAnotherManufacturer)]
    [InlineData(FirmwareImages.OfAnotherType)]
    [InlineData(FirmwareImages.ForAnotherHardware)]
    public void An_image_for_another_device_is_refused_whatever_its_integrity(string image)
    {
        UpgradeFile.Judge(Octets(image), Meter, isAnyDevice: false).Should().Be(ImageVerdict.ForAnotherDevice);
        UpgradeFile.Judge(Octets(image), Meter, isAnyDevice: true).Should().Be(ImageVerdict.Sound);
    }

    [Fact]
    public void No_flipped_bit_passes()
    {
        byte[] image = Octets(FirmwareImages.Sound);

        for (int bit = 0; bit < image.Length * 8; bit++)
        {
            image[bit / 8] ^= (byte)(1 << (bit % 8));
            UpgradeFile.Judge(image, Meter, isAnyDevice: false).Should().NotBe(ImageVerdict.Sound, "bit {0} is flipped", bit);
            image[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void No_truncated_image_passes()
    {
        byte[] image = Octets(FirmwareImages.Sound);

        for (int octets = 0; octets < image.Length; octets++)
        {
            UpgradeFile.Judge(image.AsSpan(0, octets), Meter, isAnyDevice: true).Should().Be(ImageVerdict.Malformed);
        }
    }

    [Fact]
    public void An_element_behind_the_integrity_code_is_refused()
    {
        byte[] image = [.. Octets(FirmwareImages.Sound), 0, 0, 0, 0, 0, 0];
        image[52] += 6;

        ImageVerdict verdict = UpgradeFile.Judge(image, Meter, isAnyDevice: false);

        verdict.Should().NotBe(ImageVerdict.Sound);
    }

    private static byte[] Octets(string hex) => Convert.FromHexString(hex);
}
