using System.Buffers;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.OtaImage;

public sealed class OtaHeaderTests : FramingContract<OtaHeaderTests.Copy>
{
    protected override IReadOnlyList<byte[]> Examples { get; } =
    [
        .. TestVector.Load("ota/ota-vectors.json")
            .Where(vector => vector.Name is "ota_file_minimal" or "ota_file_all_optional_fields_integrity")
            .Select(vector => vector.Octets[..vector.Fields.GetProperty("header_length").GetInt32()]),
    ];

    protected override bool HasChecksum => false;

    [Fact]
    public void A_header_string_of_more_than_32_octets_is_not_written()
    {
        OtaHeader header = new() { HeaderString = new byte[33] };

        OtaHeader.Encode(header, new byte[100], out int written).Should().Be(OperationStatus.InvalidData);
        written.Should().Be(0);
    }

    [Fact]
    public void Text_ends_at_the_first_nul_and_shows_what_cannot_be_printed_as_a_question_mark()
    {
        OtaHeader header = new() { HeaderString = "41 0A 42 00 43".Octets() };

        header.Text.Should().Be("A?B");
    }

    protected override OperationStatus Decode(ReadOnlySpan<byte> source, out Copy? message, out int consumedOctets)
    {
        OperationStatus status = OtaHeader.Decode(source, out OtaHeader header, out consumedOctets, out _);
        message = status == OperationStatus.Done
            ? new Copy(
                header.ManufacturerCode, header.ImageType, header.FileVersion, header.StackVersion,
                Convert.ToHexString(header.HeaderString), header.TotalOctets, header.SecurityCredentialVersion, header.Destination,
                header.Hardware)
            : null;
        return status;
    }

    protected override OperationStatus Encode(Copy message, Span<byte> target, out int writtenOctets)
    {
        OtaHeader header = new()
        {
            ManufacturerCode = message.Manufacturer,
            ImageType = message.Type,
            FileVersion = message.FileVersion,
            StackVersion = message.Stack,
            HeaderString = Convert.FromHexString(message.HeaderString),
            TotalOctets = message.Total,
            SecurityCredentialVersion = message.Credential,
            Destination = message.Destination,
            Hardware = message.Hardware,
        };
        return OtaHeader.Encode(header, target, out writtenOctets);
    }

    protected override Copy CreateRandom(Random random)
    {
        byte[] text = new byte[OtaHeader.HeaderStringOctets];
        random.NextBytes(text);
        return new Copy(
            (ushort)random.Next(65_536), (ushort)random.Next(65_536), (uint)random.NextInt64(1L << 32), (ushort)random.Next(4),
            Convert.ToHexString(text), (uint)random.NextInt64(1L << 32),
            random.Next(2) == 0 ? null : (byte)random.Next(256),
            random.Next(2) == 0 ? null : (ulong)random.NextInt64(),
            random.Next(2) == 0 ? null : new OtaHardwareRange((ushort)random.Next(65_536), (ushort)random.Next(65_536)));
    }

    public sealed record Copy(
        ushort Manufacturer, ushort Type, uint FileVersion, ushort Stack, string HeaderString, uint Total, byte? Credential,
        ulong? Destination, OtaHardwareRange? Hardware);
}
