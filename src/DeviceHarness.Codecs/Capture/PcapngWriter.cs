using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace DeviceHarness.Codecs.Capture;

/// <summary>Writes a capture file of HAN frames that protocol analysers open, each packet with a comment.</summary>
/// <remarks>
/// Spec: PCAP Next Generation capture file format: section header, interface description, enhanced packet blocks, all little-endian.
/// Link type 230: IEEE 802.15.4 without the frame check. Times count nanoseconds from 1970. Not thread safe.
/// </remarks>
public sealed class PcapngWriter
{
    /// <summary>IEEE 802.15.4 frames without their frame check sequence.</summary>
    public const ushort LinkTypeIeee802154WithoutCheck = 230;

    /// <summary>The comment of a frame that was built again.</summary>
    public const string RebuiltComment =
        "Rebuilt by DeviceHarness from the adapter's messages: without network and APS security, sequence numbers and radius not as on air";

    private const uint SectionHeaderBlock = 0x0A0D0D0A;
    private const uint InterfaceBlock = 1;
    private const uint EnhancedPacketBlock = 6;
    private const uint ByteOrderMagic = 0x1A2B3C4D;
    private const ushort CommentOption = 1;
    private const ushort ApplicationOption = 4;
    private const ushort InterfaceNameOption = 2;
    private const ushort TimeResolutionOption = 9;
    private const byte Nanoseconds = 9;
    private const int BlockFrameOctets = 12;
    private const int OptionHeadOctets = 4;
    private const int NanosecondsPerTick = 100;

    private readonly IBufferWriter<byte> _target;
    private byte _sequence;

    /// <summary>Begins a file.</summary>
    /// <param name="target">Where the octets go; written at once.</param>
    /// <param name="interfaceName">The name of the adapter in the file, such as its device id.</param>
    public PcapngWriter(IBufferWriter<byte> target, string interfaceName)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(interfaceName);
        _target = target;
        Span<byte> section = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(section, ByteOrderMagic);
        BinaryPrimitives.WriteUInt16LittleEndian(section[4..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(section[8..], -1);
        WriteBlock(SectionHeaderBlock, section, [], (ApplicationOption, "DeviceHarness"u8.ToArray()));
        Span<byte> description = stackalloc byte[8];
        BinaryPrimitives.WriteUInt16LittleEndian(description, LinkTypeIeee802154WithoutCheck);
        WriteBlock(
            InterfaceBlock, description, [], (InterfaceNameOption, Encoding.UTF8.GetBytes(interfaceName)),
            (TimeResolutionOption, [Nanoseconds]));
    }

    /// <summary>How many packets were written.</summary>
    public int Packets { get; private set; }

    /// <summary>Writes a message as the frame that it would have been on air without security.</summary>
    /// <param name="time">When the adapter told it.</param>
    /// <param name="message">The message.</param>
    /// <param name="remark">What else is known of it; follows <see cref="RebuiltComment"/>.</param>
    public void Write(DateTimeOffset time, RebuiltMessage message, string remark = "")
    {
        byte[] frame = new byte[RebuiltFrame.MaximumOctets(message)];
        _ = RebuiltFrame.Encode(message, _sequence++, frame, out int written);
        Write(time, frame.AsSpan(0, written), string.IsNullOrEmpty(remark) ? RebuiltComment : $"{remark}. {RebuiltComment}");
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="time">When it was received or sent.</param>
    /// <param name="frame">The frame from its frame control on, without its frame check.</param>
    /// <param name="comment">What a reader should know about it.</param>
    public void Write(DateTimeOffset time, ReadOnlySpan<byte> frame, string comment)
    {
        ArgumentNullException.ThrowIfNull(comment);
        ulong nanoseconds = (ulong)(time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
        Span<byte> head = stackalloc byte[20];
        head.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(head[4..], (uint)(nanoseconds >> 32));
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], (uint)nanoseconds);
        BinaryPrimitives.WriteInt32LittleEndian(head[12..], frame.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head[16..], frame.Length);
        WriteBlock(EnhancedPacketBlock, head, frame, (CommentOption, Encoding.UTF8.GetBytes(comment)));
        Packets++;
    }

    private static int Padded(int octets) => (octets + 3) & ~3;

    private void WriteBlock(
        uint type, ReadOnlySpan<byte> head, ReadOnlySpan<byte> data, params ReadOnlySpan<(ushort Code, byte[] Value)> options)
    {
        int length = BlockFrameOctets + head.Length + Padded(data.Length) + OptionHeadOctets;
        foreach ((_, byte[] value) in options)
        {
            length += OptionHeadOctets + Padded(value.Length);
        }

        Span<byte> block = _target.GetSpan(length)[..length];
        block.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(block, type);
        BinaryPrimitives.WriteInt32LittleEndian(block[4..], length);
        head.CopyTo(block[8..]);
        int at = 8 + head.Length;
        data.CopyTo(block[at..]);
        at += Padded(data.Length);
        foreach ((ushort code, byte[] value) in options)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(block[at..], code);
            BinaryPrimitives.WriteUInt16LittleEndian(block[(at + 2)..], (ushort)value.Length);
            value.CopyTo(block[(at + OptionHeadOctets)..]);
            at += OptionHeadOctets + Padded(value.Length);
        }

        BinaryPrimitives.WriteInt32LittleEndian(block[^4..], length);
        _target.Advance(length);
    }
}
