using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Duis;

namespace DeviceHarness.Drivers.CommsHub;

/// <summary>Who a hub shows in the place of a device behind it.</summary>
internal sealed class HanIdentity(DlmsClient client, CosemAttributeDescriptor place, Eui64 expected, string port)
{
    private const int IdentifierOctets = 8;

    /// <summary>Who should be there.</summary>
    internal Eui64 Expected => expected;

    /// <summary>Asks the hub.</summary>
    /// <returns>The device; null when the hub has nothing in that place.</returns>
    /// <exception cref="HarnessException">The hub breaks the protocol or is silent.</exception>
    internal async Task<Eui64?> FindAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data;
        try
        {
            data = await client.GetAsync(place, cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceRefusedException refusal) when (refusal.Code == DlmsFaults.DataAccess)
        {
            return null;
        }

        if (DlmsDataCodec.Decode(data.Span, out DlmsData value, out _, out CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, $"{port}: GET {place}");
        }

        return Eui64.TryParse(value.Text, out Eui64 written) ? written
            : value.Type == DlmsDataType.OctetString && value.Octets.Length == IdentifierOctets
                ? new Eui64(BinaryPrimitives.ReadUInt64BigEndian(value.Octets.Span))
            : throw DlmsFaults.Unexpected(data, $"{port}: GET {place}", $"{value} is no EUI-64");
    }
}
