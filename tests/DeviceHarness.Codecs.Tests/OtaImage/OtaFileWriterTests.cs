using System.Buffers;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.OtaImage;

public sealed class OtaFileWriterTests
{
    [Fact]
    public void The_head_of_a_written_file_equals_one_that_was_made_by_another_script()
    {
        TestVector vector = TestVector.Load("ota/ota-vectors.json").Single(candidate => candidate.Name == "ota_file_minimal");
        OtaHeader header = new()
        {
            ManufacturerCode = 4190,
            ImageType = 1,
            FileVersion = 16908291,
            StackVersion = OtaHeader.ZigBeePro,
            HeaderString = "GSME test image"u8,
        };

        byte[] file = OtaFileWriter.Write(header, Enumerable.Range(0, 64).Select(index => (byte)index).ToArray());

        // All but the total size, which counts the integrity code too.
        byte[] expected = [.. vector.Octets];
        expected[52] = (byte)(vector.Octets.Length + 22);
        file[..vector.Octets.Length].ShouldBeHex(Convert.ToHexString(expected));
        file[vector.Octets.Length..][..6].ShouldBeHex("0300 10000000");
        file.Length.Should().Be(vector.Octets.Length + 22);
    }

    [Fact]
    public void A_written_file_is_read_whole_and_its_integrity_code_is_right()
    {
        OtaHeader header = new()
        {
            ManufacturerCode = 0xFFF1,
            ImageType = 1,
            HeaderString = new FirmwareLabel("generic-smets1", "4.3.0").ToOctets(),
            Hardware = new OtaHardwareRange(1, 3),
        };

        byte[] file = OtaFileWriter.Write(header, new byte[1000]);
        OperationStatus status = OtaFile.Decode(file, out OtaFile read, out int consumed, out _);

        status.Should().Be(OperationStatus.Done);
        consumed.Should().Be(file.Length);
        read.Header.Text.Should().Be("generic-smets1 4.3.0");
        read.Header.Hardware!.Value.Includes(3).Should().BeTrue();
        read.Header.Hardware!.Value.Includes(4).Should().BeFalse();
        read.CheckIntegrity().Should().Be(OtaIntegrity.BeforeElement);
        OtaFileWriter.Write(header, new byte[1000]).Should().Equal(file, "the same input makes the same octets");
    }

    [Fact]
    public void A_header_string_that_does_not_fit_is_refused()
    {
        Action act = () => OtaFileWriter.Write(new OtaHeader { HeaderString = new byte[33] }, [1]);

        act.Should().Throw<ArgumentException>();
    }
}
