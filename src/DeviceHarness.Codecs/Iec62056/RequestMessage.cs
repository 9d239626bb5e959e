using System.Buffers;

namespace DeviceHarness.Codecs.Iec62056;

/// <summary>The client's first message: it asks a device, or any, to identify itself.</summary>
/// <remarks>
/// Spec: IEC 62056-21, request message. Spans point into the octets that were decoded.
/// <code>
/// / ? device address 0-32 ! CR LF
/// </code>
/// </remarks>
public readonly ref struct RequestMessage
{
    /// <summary>The longest device address, in characters.</summary>
    public const int MaximumAddressOctets = 32;

    private const string Clause = "IEC 62056-21 request message";

    /// <summary>Asks a device.</summary>
    /// <param name="deviceAddress">Its address; empty for any device on the line.</param>
    public RequestMessage(ReadOnlySpan<byte> deviceAddress)
    {
        DeviceAddress = deviceAddress;
    }

    /// <summary>The device that is asked; empty for any.</summary>
    public ReadOnlySpan<byte> DeviceAddress { get; }

    /// <summary>Whether a device with that address is asked; leading zeros may be left out on either side.</summary>
    /// <param name="ownAddress">The device's own address; empty when it has none, which then only an empty one asks.</param>
    public bool IsFor(ReadOnlySpan<byte> ownAddress) =>
        DeviceAddress.IsEmpty
        || (!ownAddress.IsEmpty && DeviceAddress.TrimStart((byte)'0').SequenceEqual(ownAddress.TrimStart((byte)'0')));

    /// <summary>Decodes the message that the octets start with.</summary>
    /// <param name="source">Seven-bit characters, without parity.</param>
    /// <param name="message">The message, when done.</param>
    /// <param name="consumedOctets">The message's octets when done, otherwise 0.</param>
    /// <param name="fault">What is wrong, or where the octets end.</param>
    public static OperationStatus Decode(
        ReadOnlySpan<byte> source, out RequestMessage message, out int consumedOctets, out CodecFault fault)
    {
        AsciiReader reader = new(source, Clause);
        message = default;
        if (reader.TryExpect((byte)'/')
            && reader.TryExpect((byte)'?')
            && reader.TryReadUntil((byte)'!', (byte)'!', MaximumAddressOctets, mayHaveLines: false, out ReadOnlySpan<byte> address, out _)
            && reader.TryReadLineEnd())
        {
            message = new(address);
        }

        return reader.Complete(out consumedOctets, out fault);
    }

    /// <summary>Encodes the message.</summary>
    /// <param name="message">The message.</param>
    /// <param name="target">Where the octets go.</param>
    /// <param name="writtenOctets">How many octets were written when done, otherwise 0.</param>
    /// <returns>Invalid data for an address that is too long, not printable, or has an exclamation mark.</returns>
    public static OperationStatus Encode(in RequestMessage message, Span<byte> target, out int writtenOctets)
    {
        AsciiWriter writer = new(target);
        writer.Write("/?"u8);
        writer.WriteText(message.DeviceAddress, MaximumAddressOctets, "!"u8);
        writer.Write("!\r\n"u8);
        return writer.Complete(out writtenOctets);
    }
}
