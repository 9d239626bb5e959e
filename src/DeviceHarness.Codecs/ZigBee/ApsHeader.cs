using System.Buffers;
using DeviceHarness.Codecs.Zcl;

namespace DeviceHarness.Codecs.ZigBee;

/// <summary>The header of an APS frame.</summary>
/// <remarks>
/// Spec: ZigBee specification, general APDU frame format.
/// <code>
/// frame control 1 | [destination endpoint 1 | group 2] [cluster 2] [profile 2] [source endpoint 1] | counter 1 | [extended header]
/// frame control: bits 1-0 type, 3-2 delivery, 4 acknowledgement without endpoints, 5 security, 6 acknowledgement wanted, 7 extended header
/// </code>
/// Endpoints, cluster and profile are absent in commands and in acknowledgements of commands.
/// </remarks>
/// <param name="Type">What the frame is.</param>
/// <param name="Delivery">To whom it goes.</param>
/// <param name="Counter">The frame's number, which its acknowledgement repeats.</param>
public readonly record struct ApsHeader(ApsFrameType Type, ApsDelivery Delivery, byte Counter)
{
    /// <summary>The most octets of a header.</summary>
    public const int MaximumOctets = 12;

    internal const string Clause = "ZigBee specification, APS frame control";

    private const byte TypeMask = 0x03;
    private const int DeliveryShift = 2;
    private const byte AckFormatBit = 0x10;
    private const byte SecurityBit = 0x20;
    private const byte AckRequestBit = 0x40;
    private const byte ExtendedBit = 0x80;
    private const byte FragmentMask = 0x03;

    /// <summary>The endpoint it goes to; of a group frame 0.</summary>
    public byte DestinationEndpoint { get; init; }

    /// <summary>The group it goes to; of another frame 0.</summary>
    public ushort Group { get; init; }

    /// <summary>The cluster.</summary>
    public ushort Cluster { get; init; }

    /// <summary>The profile.</summary>
    public ushort Profile { get; init; }

    /// <summary>The endpoint it comes from.</summary>
    public byte SourceEndpoint { get; init; }

    /// <summary>True when an auxiliary header and a ciphered payload follow.</summary>
    public bool IsSecured { get; init; }

    /// <summary>True when an acknowledgement is wanted.</summary>
    public bool WantsAcknowledgement { get; init; }

    /// <summary>True for an acknowledgement of a command, which has no endpoints.</summary>
    public bool IsWithoutEndpoints { get; init; }

    /// <summary>The extended header of a fragment; null in a whole frame.</summary>
    public ApsFragment? Fragment { get; init; }

    private bool HasAddresses => Type == ApsFrameType.Data || (Type == ApsFrameType.Acknowledgement && !IsWithoutEndpoints);

    /// <summary>Decodes the header that the octets start with.</summary>
    /// <param name="source">The frame.</param>
    /// <param name="header">The header, when done.</param>
    /// <param name="consumedOctets">The header's octets when done, otherwise 0; the payload follows.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(ReadOnlySpan<byte> source, out ApsHeader header, out int consumedOctets, out CodecFault fault)
    {
        ZclReader reader = new(source);
        TryRead(ref reader, out header);
        return reader.Complete(out consumedOctets, out fault);
    }

    private static bool TryRead(scoped ref ZclReader reader, out ApsHeader header)
    {
        header = default;
        if (!reader.TryReadOctet(out byte control))
        {
            return false;
        }

        ApsDelivery delivery = (ApsDelivery)((control >> DeliveryShift) & TypeMask);
        ApsFrameType type = (ApsFrameType)(control & TypeMask);
        if (delivery is not (ApsDelivery.Unicast or ApsDelivery.Broadcast or ApsDelivery.Group) || type == ApsFrameType.InterPan)
        {
            return reader.Fail(new(CodecFaultKind.UnexpectedValue, reader.ConsumedOctets - 1, -1, control, Clause));
        }

        header = new(type, delivery, 0)
        {
            IsSecured = (control & SecurityBit) != 0,
            WantsAcknowledgement = (control & AckRequestBit) != 0,
            IsWithoutEndpoints = (control & AckFormatBit) != 0,
        };
        ApsFragment? fragment = null;
        bool isRead = (!header.HasAddresses || TryReadAddresses(ref reader, ref header))
            & reader.TryReadOctet(out byte counter)
            && ((control & ExtendedBit) == 0 || TryReadFragment(ref reader, type, out fragment));
        header = isRead ? header with { Counter = counter, Fragment = fragment } : default;
        return isRead;
    }

    internal void Write(scoped ref ZclWriter writer)
    {
        writer.WriteOctet((byte)((byte)Type | ((byte)Delivery << DeliveryShift) | (IsWithoutEndpoints ? AckFormatBit : 0)
            | (IsSecured ? SecurityBit : 0) | (WantsAcknowledgement ? AckRequestBit : 0) | (Fragment is null ? 0 : ExtendedBit)));
        if (HasAddresses)
        {
            if (Delivery == ApsDelivery.Group)
            {
                writer.WriteUInt16(Group);
            }
            else
            {
                writer.WriteOctet(DestinationEndpoint);
            }

            writer.WriteUInt16(Cluster);
            writer.WriteUInt16(Profile);
            writer.WriteOctet(SourceEndpoint);
        }

        writer.WriteOctet(Counter);
        if (Fragment is { } fragment)
        {
            writer.WriteOctet(fragment.IsFirst ? (byte)1 : (byte)2);
            writer.WriteOctet(fragment.Block);
            if (fragment.Received is { } received)
            {
                writer.WriteOctet(received);
            }
        }
    }

    private static bool TryReadAddresses(scoped ref ZclReader reader, ref ApsHeader header)
    {
        byte endpoint = 0;
        ushort group = 0;
        if (!(header.Delivery == ApsDelivery.Group ? reader.TryReadUInt16(out group) : reader.TryReadOctet(out endpoint))
            || !reader.TryReadUInt16(out ushort cluster) || !reader.TryReadUInt16(out ushort profile)
            || !reader.TryReadOctet(out byte source))
        {
            return false;
        }

        header = header with
        {
            DestinationEndpoint = endpoint,
            Group = group,
            Cluster = cluster,
            Profile = profile,
            SourceEndpoint = source,
        };
        return true;
    }

    private static bool TryReadFragment(scoped ref ZclReader reader, ApsFrameType type, out ApsFragment? fragment)
    {
        fragment = null;
        if (!reader.TryReadOctet(out byte control))
        {
            return false;
        }

        int kind = control & FragmentMask;
        if (kind is not (1 or 2))
        {
            return reader.Fail(new(CodecFaultKind.UnexpectedValue, reader.ConsumedOctets - 1, -1, control, Clause));
        }

        byte received = 0;
        bool hasReceived = type == ApsFrameType.Acknowledgement;
        bool isRead = reader.TryReadOctet(out byte block) && (!hasReceived || reader.TryReadOctet(out received));
        fragment = isRead ? new ApsFragment(kind == 1, block) { Received = hasReceived ? received : null } : null;
        return isRead;
    }
}
