using System.Buffers;
using System.Text.Json;
using DeviceHarness.Codecs.OtaImage;
using DeviceHarness.TestKit;
using FluentAssertions;
using FluentAssertions.Execution;
using Xunit;

namespace DeviceHarness.Codecs.Tests.OtaImage;

public sealed class OtaFileTests
{
    [Fact]
    public void A_minimal_file_gives_the_fields_that_another_program_read()
    {
        TestVector vector = Vector("ota_file_minimal");

        OperationStatus status = OtaFile.Decode(vector.Octets, out OtaFile file, out int consumed, out CodecFault fault);

        using AssertionScope scope = new();
        status.Should().Be(OperationStatus.Done);
        fault.Should().Be(CodecFault.None);
        consumed.Should().Be(vector.Octets.Length);
        HeaderOf(file).Should().Be(HeaderOf(vector));
        ElementsOf(file).Should().Equal((0, 64, 56));
        file.CheckIntegrity().Should().Be(OtaIntegrity.Absent);
    }

    [Fact]
    public void Optional_fields_vendor_elements_and_the_integrity_code_are_read()
    {
        TestVector vector = Vector("ota_file_all_optional_fields_integrity");

        OperationStatus status = OtaFile.Decode(vector.Octets, out OtaFile file, out _, out _);

        using AssertionScope scope = new();
        status.Should().Be(OperationStatus.Done);
        HeaderOf(file).Should().Be(HeaderOf(vector));
        file.Header.SecurityCredentialVersion.Should().Be(2);
        file.Header.Destination.Should().Be(0x70B3D52B60112233);
        file.Header.Hardware.Should().Be(new OtaHardwareRange(1, 261));
        ElementsOf(file).Select(element => (element.Tag, element.Length)).Should().Equal((61731, 6), (0, 48), (3, 16));
        file.CheckIntegrity().Should().Be(OtaIntegrity.BeforeElement);
    }

    [Fact]
    public void A_changed_octet_breaks_the_integrity_code_wherever_it_is()
    {
        byte[] octets = Vector("ota_file_all_optional_fields_integrity").Octets;
        for (int at = 20; at < octets.Length; at++)
        {
            byte[] changed = [.. octets];
            changed[at] ^= 1;
            if (OtaFile.Decode(changed, out OtaFile file, out _, out _) == OperationStatus.Done)
            {
                file.CheckIntegrity().Should().NotBe(OtaIntegrity.BeforeElement, $"octet {at} was changed");
            }
        }
    }

    [Fact]
    public void A_code_that_covers_its_own_head_is_told_apart()
    {
        byte[] octets = Vector("ota_file_all_optional_fields_integrity").Octets;
        Codecs.Security.AesMmo.Hash(octets.AsSpan(0, octets.Length - 16), octets.AsSpan(octets.Length - 16));

        _ = OtaFile.Decode(octets, out OtaFile file, out _, out _);

        file.CheckIntegrity().Should().Be(OtaIntegrity.WithElementHead);
    }

    [Fact]
    public void The_elements_of_a_signed_file_are_found_in_order()
    {
        TestVector vector = Vector("ota_file_cs1_signature_structure");

        OperationStatus status = OtaFile.Decode(vector.Octets, out OtaFile file, out _, out _);

        status.Should().Be(OperationStatus.Done);
        ElementsOf(file).Select(element => (element.Tag, element.Length)).Should().Equal((0, 32), (2, 48), (1, 50));
        file.TryFind(OtaElementTag.Signature, out OtaElement signature, out int offset).Should().BeTrue();
        signature.Content[..8].ToArray().ShouldBeHex("0000000000000001");
        offset.Should().Be(56 + 38 + 54);
        file.TryFind(OtaElementTag.Picture, out _, out _).Should().BeFalse();
    }

    [Fact]
    public void A_vendor_prefix_is_skipped_and_a_trailer_is_left()
    {
        TestVector vector = Vector("ota_file_vendor_prefix_and_trailer");

        int start = OtaFile.FindStart(vector.Octets);
        OperationStatus status = OtaFile.Decode(vector.Octets.AsSpan(start), out _, out int consumed, out _);

        start.Should().Be(vector.Fields.GetProperty("image_offset").GetInt32());
        status.Should().Be(OperationStatus.Done);
        consumed.Should().Be(vector.Fields.GetProperty("total_image_size").GetInt32());
        (vector.Octets.Length - start - consumed).Should().Be(vector.Fields.GetProperty("trailing_bytes").GetInt32());
    }

    [Fact]
    public void A_magic_number_beyond_4_KiB_is_not_looked_for()
    {
        byte[] magic = [0x1E, 0xF1, 0xEE, 0x0B];

        int found = OtaFile.FindStart([.. new byte[OtaFile.MaximumPrefixOctets], .. magic]);
        int tooFar = OtaFile.FindStart([.. new byte[OtaFile.MaximumPrefixOctets + 1], .. magic]);

        found.Should().Be(OtaFile.MaximumPrefixOctets);
        tooFar.Should().Be(-1);
    }

    [Fact]
    public void A_total_size_beyond_the_file_needs_more_data()
    {
        byte[] octets = Vector("ota_file_truncated").Octets;

        OperationStatus status = OtaFile.Decode(octets, out _, out int consumed, out CodecFault fault);

        status.Should().Be(OperationStatus.NeedMoreData);
        consumed.Should().Be(0);
        (fault.Kind, fault.Expected, fault.Actual).Should().Be((CodecFaultKind.Truncated, 78, octets.Length));
    }

    [Fact]
    public void A_header_length_that_disagrees_with_the_field_control_is_named()
    {
        OperationStatus status = OtaFile.Decode(Vector("ota_file_bad_header_length").Octets, out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        (fault.Kind, fault.Offset, fault.Expected, fault.Actual).Should().Be((CodecFaultKind.BadLength, 6, 56, 57));
    }

    [Fact]
    public void An_element_that_overruns_the_image_is_named_by_its_offset()
    {
        byte[] octets = Vector("ota_file_minimal").Octets;
        octets[58] = 65;

        OperationStatus status = OtaFile.Decode(octets, out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        (fault.Kind, fault.Offset, fault.Expected, fault.Actual).Should().Be((CodecFaultKind.BadLength, 56, 71, 70));
    }

    [Theory]
    [InlineData(0, 0x1F, CodecFaultKind.UnexpectedValue, 0)]
    [InlineData(5, 0x02, CodecFaultKind.UnexpectedValue, 5)]
    [InlineData(8, 0x08, CodecFaultKind.UnexpectedValue, 8)]
    [InlineData(52, 0x10, CodecFaultKind.BadLength, 52)]
    [InlineData(55, 0x7F, CodecFaultKind.BadLength, 52)]
    public void A_field_out_of_range_is_refused(int offset, byte value, CodecFaultKind kind, int faultOffset)
    {
        byte[] octets = Vector("ota_file_minimal").Octets;
        octets[offset] = value;

        OperationStatus status = OtaFile.Decode(octets, out _, out _, out CodecFault fault);

        status.Should().Be(OperationStatus.InvalidData);
        (fault.Kind, fault.Offset).Should().Be((kind, faultOffset));
    }

    private static TestVector Vector(string name) =>
        TestVector.Load("ota/ota-vectors.json").Single(vector => vector.Name == name);

    private static (int Manufacturer, int Type, long Version, int Stack, string Text, long Total, int Length) HeaderOf(in OtaFile file) => (
        file.Header.ManufacturerCode, file.Header.ImageType, file.Header.FileVersion, file.Header.StackVersion, file.Header.Text,
        file.Header.TotalOctets, file.Header.OctetCount);

    private static (int Manufacturer, int Type, long Version, int Stack, string Text, long Total, int Length) HeaderOf(TestVector vector)
    {
        JsonElement fields = vector.Fields;
        return (
            fields.GetProperty("manufacturer_code").GetInt32(), fields.GetProperty("image_type").GetInt32(),
            fields.GetProperty("file_version").GetInt64(), fields.GetProperty("stack_version").GetInt32(),
            fields.GetProperty("header_string").GetString()!, fields.GetProperty("total_image_size").GetInt64(),
            fields.GetProperty("header_length").GetInt32());
    }

    private static List<(int Tag, int Length, int Offset)> ElementsOf(in OtaFile file)
    {
        List<(int, int, int)> elements = [];
        OtaElementReader reader = file.Elements;
        while (reader.MoveNext())
        {
            elements.Add(((int)reader.Current.Tag, reader.Current.Content.Length, reader.Offset));
        }

        return elements;
    }
}
