using System.Buffers;
using DeviceHarness.Codecs.Ezsp;
using DeviceHarness.Codecs.Ezsp.Messages;
using DeviceHarness.TestKit;
using FluentAssertions;
using Xunit;

namespace DeviceHarness.Codecs.Tests.Ezsp;

/// <summary>What every EZSP message promises in every version.</summary>
public sealed class EzspMessageTests
{
    private static readonly int Rounds = TestSize.Of(suite: 2, large: 2_000);
    private static readonly int HostileInputs = TestSize.Of(suite: 20, large: 14_000);

    public static TheoryData<string> Names { get; } = [.. EzspSamples.MessageTypes.Select(type => type.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_written_is_read_and_written_again_the_same(string name)
    {
        Random random = new(EzspSamples.Seed);
        Type type = Named(name);
        foreach (EzspVersion version in EzspSamples.Versions)
        {
            for (int round = 0; round < Rounds; round++)
            {
                byte[] octets = EzspSamples.Write(EzspSamples.Create(type, random), version);

                (OperationStatus status, object message, CodecFault fault) = EzspSamples.Read(type, octets, version);

                string reason = $"seed {EzspSamples.Seed}, {version}: {Convert.ToHexString(octets)}";
                status.Should().Be(OperationStatus.Done, reason);
                fault.Should().Be(CodecFault.None, reason);
                EzspSamples.Write(message, version).Should().Equal(octets, reason);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_message_cut_short_is_told_and_a_newer_field_behind_it_is_left_alone(string name)
    {
        Random random = new(EzspSamples.Seed);
        Type type = Named(name);
        foreach (EzspVersion version in EzspSamples.Versions)
        {
            byte[] octets = EzspSamples.Write(EzspSamples.Create(type, random), version);
            for (int length = 0; length < octets.Length; length++)
            {
                (OperationStatus status, _, CodecFault fault) = EzspSamples.Read(type, octets[..length], version);

                string reason = $"{length} octets of {Convert.ToHexString(octets)} in {version}";
                if (IsWholeAt(type, length))
                {
                    status.Should().Be(OperationStatus.Done, reason);
                    continue;
                }

                status.Should().Be(OperationStatus.NeedMoreData, reason);
                fault.Kind.Should().Be(CodecFaultKind.Truncated, reason);
                fault.Offset.Should().Be(length, reason);
                fault.Clause.Should().NotBeEmpty();
            }

            EzspSamples.Read(type, [.. octets, 0xAA, 0x55], version).Status.Should().Be(OperationStatus.Done);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Flipped_bits_and_noise_raise_no_more_than_a_fault(string name)
    {
        Random random = new(EzspSamples.Seed);
        Type type = Named(name);
        foreach (EzspVersion version in EzspSamples.Versions)
        {
            byte[] octets = EzspSamples.Write(EzspSamples.Create(type, random), version);
            for (int round = 0; round < HostileInputs; round++)
            {
                byte[] damaged = round % 2 == 0 ? [.. octets] : new byte[random.Next(80)];
                if (round % 2 != 0)
                {
                    random.NextBytes(damaged);
                }
                else if (damaged.Length > 0)
                {
                    damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
                }

                (OperationStatus status, _, CodecFault fault) = EzspSamples.Read(type, damaged, version);

                (status == OperationStatus.Done).Should().Be(fault.Kind == CodecFaultKind.None, Convert.ToHexString(damaged));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_target_one_octet_too_small_is_told(string name)
    {
        Random random = new(EzspSamples.Seed);
        Type type = Named(name);
        foreach (EzspVersion version in EzspSamples.Versions)
        {
            object message = EzspSamples.Create(type, random);
            int length = EzspSamples.Write(message, version).Length;
            if (length > 0)
            {
                EzspSamples.Write(message, version, new byte[length - 1], out _).Should().Be(OperationStatus.DestinationTooSmall);
            }
        }
    }

    [Fact]
    public void A_tag_above_255_is_refused_where_tags_take_one_octet()
    {
        SendUnicastRequest request = new(EmberOutgoingMessageType.Direct, 1, default, 256, default);

        EzspSamples.Write(request, new EzspVersion(13), new byte[64], out _).Should().Be(OperationStatus.InvalidData);
        EzspSamples.Write(request, new EzspVersion(14)).Should().HaveCount(1 + 2 + 11 + 2 + 1);
    }

    [Fact]
    public void What_does_not_fit_its_count_or_its_fixed_length_is_refused()
    {
        CountedParameter counted = new(new byte[256]);
        CertificateResponse certificate = new(EmberStatus.Success, new byte[47]);
        AddEndpointRequest endpoint = new(1, 0x0109, 0x0500, 0, new ushort[256], default);

        EzspSamples.Write(counted, EzspVersion.Reference, new byte[600], out _).Should().Be(OperationStatus.InvalidData);
        EzspSamples.Write(certificate, EzspVersion.Reference, new byte[600], out _).Should().Be(OperationStatus.InvalidData);
        EzspSamples.Write(endpoint, EzspVersion.Reference, new byte[600], out _).Should().Be(OperationStatus.InvalidData);
    }

    [Fact]
    public void The_lengths_of_the_structures_are_those_of_the_guide()
    {
        Length(default(EmberNetworkParameters)).Should().Be(20);
        Length(default(EmberApsFrame)).Should().Be(11);
        Length(default(EmberInitialSecurityState)).Should().Be(43);
        Length(default(EmberNetworkFound)).Should().Be(14);
        Length(default(SecurityManagerContext)).Should().Be(18);
        Length(default(SecurityManagerKeyMetadata)).Should().Be(12);
    }

    [Theory]
    [InlineData(13, "00 1D4A 0401 0207 01 01 4001 0000 20 0B 00 00")]
    [InlineData(14, "00000000 00 1D4A 0401 0207 01 01 4001 0000 20 0B00 00")]
    public void The_status_of_a_sent_message_moves_to_the_front_with_version_14(byte version, string octets)
    {
        EmberApsFrame aps = new(0x0104, 0x0702, 1, 1, EmberApsOptions.Retry | EmberApsOptions.EnableRouteDiscovery, 0, 0x20);
        MessageSent sent = new(EmberStatus.Success, EmberOutgoingMessageType.Direct, 0x4A1D, aps, 0x0B, default);

        EzspSamples.Write(sent, new EzspVersion(version)).ShouldBeHex(octets);
    }

    private static int Length(object message) => EzspSamples.Write(message, EzspVersion.Reference).Length;

    private static Type Named(string name) => EzspSamples.MessageTypes.Single(type => type.Name == name);

    /// <summary>A list of counters ends with its octets, and the last field of a poll is one that older versions lack.</summary>
    private static bool IsWholeAt(Type type, int length) =>
        type == typeof(CountersResponse) || (type == typeof(ChildPoll) && length == sizeof(ushort));
}
