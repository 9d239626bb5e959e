using System.Buffers;
using DeviceHarness.Codecs.Tests.Vectors;
using DeviceHarness.Codecs.Zcl;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Zcl;

/// <summary>Every vector of the fixture file is decoded, compared field by field and encoded again.</summary>
public sealed class ZclVectorTests
{
    private const int VectorCount = 55;

    private static readonly IReadOnlyList<TestVector> All = TestVector.Load("zigbee/zcl-vectors.json");

    public static TheoryData<string> Covered { get; } = [.. All.Select(vector => vector.Name)];

    [Fact]
    public void No_vector_is_left_out()
    {
        All.Should().HaveCount(VectorCount);
        All.Select(vector => vector.Name).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(Covered))]
    public void The_vector_decodes_to_its_fields_and_encodes_to_its_octets(string name)
    {
        TestVector vector = All.Single(candidate => candidate.Name == name);

        OperationStatus status = ZclFrame.Read(vector.Octets, out ZclFrame frame, out CodecFault fault);
        MessageLayout layout = ZclSamples.LayoutOf(vector.Fields.Number("cluster"), frame.Header)!;
        OperationStatus payloadStatus = layout.Read(frame.Payload, out MessageContent content, out CodecFault payloadFault);

        (status, fault).Should().Be((OperationStatus.Done, CodecFault.None));
        (payloadStatus, payloadFault).Should().Be((OperationStatus.Done, CodecFault.None));
        ZclSamples.HeaderText(frame.Header).Should().Be(ZclSamples.HeaderText(vector.Fields));
        ContentFlattener.Lines(content).Should().Equal(ContentFlattener.Lines(vector.Fields.GetProperty("payload")));
        content.Trailing.Length.Should().Be(0);
        ZclFrame.Compose(frame.Header, content).ShouldBeHex(Convert.ToHexString(vector.Octets));
    }

    [Theory]
    [MemberData(nameof(Covered))]
    public void A_message_cut_anywhere_or_with_any_bit_flipped_is_told_or_encodes_to_itself(string name)
    {
        TestVector vector = All.Single(candidate => candidate.Name == name);
        for (int length = 0; length <= vector.Octets.Length; length++)
        {
            ZclSamples.Verify(vector.Fields.Number("cluster"), vector.Octets.AsSpan(0, length)).Should().BeNull($"cut to {length}");
        }

        for (int bit = 0; bit < vector.Octets.Length * 8; bit++)
        {
            byte[] damaged = [.. vector.Octets];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            ZclSamples.Verify(vector.Fields.Number("cluster"), damaged).Should().BeNull($"bit {bit} flipped");
        }
    }
}
