using System.Buffers;
using System.Buffers.Binary;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Codecs;
using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Duis;

namespace DeviceHarness.Drivers.Dlms;

/// <summary>Reads who a device says that it is, and holds that against who it has to be.</summary>
/// <remarks>Spec: IEC 62056-6-1, 0-0:96.1.0.255, device ID 1, as this harness's DLMS guide sums it up: a serial number in text; that some
/// devices give their EUI-64 there is an assumption.</remarks>
/// <param name="client">The association.</param>
/// <param name="attribute">Where the device says it.</param>
/// <param name="expected">Who it has to be.</param>
/// <param name="id">Its name in the rig file.</param>
/// <param name="port">The port, for messages.</param>
internal sealed class IdentityCheck(
    DlmsClient client, CosemAttributeDescriptor attribute, ExpectedIdentity expected, DeviceId id, string port)
{
    private const string WrongDevice = "DRIV-004";

    /// <summary>Goes on when it is the device, or when it does not tell what could be held against anything.</summary>
    /// <exception cref="WrongDeviceException">It is another.</exception>
    /// <exception cref="HarnessException">It breaks the protocol or is silent.</exception>
    public async ValueTask RequireAsync(CancellationToken cancellationToken)
    {
        ReadOnlyMemory<byte> data;
        try
        {
            data = await client.GetAsync(attribute, cancellationToken).ConfigureAwait(false);
        }
        catch (DeviceRefusedException)
        {
            return;
        }

        if (DlmsDataCodec.Decode(data.Span, out DlmsData value, out _, out CodecFault fault) != OperationStatus.Done)
        {
            throw DlmsFaults.Malformed(data, fault, $"{port}: GET {attribute}");
        }

        (string told, string? wanted) = DeviceIdOf(value) is { } own
            ? (own.ToString(), expected.DeviceId.ToString())
            : (value.Text?.Trim(' ', '\0') ?? string.Empty, expected.SerialNumber);
        if (told.Length > 0 && wanted is not null && !told.Equals(wanted, StringComparison.OrdinalIgnoreCase))
        {
            throw new WrongDeviceException(
                WrongDevice, $"{port}: this is not {id}, and nothing critical was sent to it: connect the device of the rig file, or "
                    + "correct its eui64 or facts.serial-number", wanted, told);
        }
    }

    private static Eui64? DeviceIdOf(DlmsData value) =>
        Eui64.TryParse(value.Text, out Eui64 written) ? written
        : value is { Type: DlmsDataType.OctetString, Text: null, Octets.Length: sizeof(ulong) }
            ? new Eui64(BinaryPrimitives.ReadUInt64BigEndian(value.Octets.Span))
            : null;
}
