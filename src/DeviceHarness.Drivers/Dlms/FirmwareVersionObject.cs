using System.Text;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Drivers.Capabilities;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>The object that holds the version of the firmware that runs.</summary>
internal sealed class FirmwareVersionObject(DlmsClient client, CosemAttributeDescriptor version, string port) : IFirmwareIdentity
{
    /// <inheritdoc/>
    public async ValueTask<string> ReadActiveVersionAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data = await client.GetAsync(version, cancellationToken).ConfigureAwait(false);
        AxdrReader reader = new(data.Span);
        bool isText = reader.TryReadValue(out AxdrValue value)
            && value.Type is DlmsDataType.OctetString or DlmsDataType.VisibleString or DlmsDataType.Utf8String;
        if (!isText)
        {
            throw DlmsFaults.Malformed(data, reader.Fault, $"{port}: GET {version}");
        }

        bool isPrintable = !value.Octets.IsEmpty && !value.Octets.ContainsAnyExceptInRange((byte)' ', (byte)'~');
        return isPrintable ? Encoding.ASCII.GetString(value.Octets) : Convert.ToHexString(value.Octets);
    }
}
