using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Drivers.Esme.Reads;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Bodies.Configuration;

namespace DeviceHarness.Drivers.Esme.Srv;

/// <summary>SRV 6.2.4: reads what the device is. An identifier that is no EUI-64 is left out.</summary>
[Srv("6.2.4")]
internal sealed class ReadDeviceConfigurationIdentityExcMPxNHandler(ReadObjects objects) : ProfiledReadHandler(objects)
{
    /// <inheritdoc/>
    protected override async Task<SrvResponseBody> ReadAsync(
        SrvRequestBody body, ReadValues values, CancellationToken cancellationToken)
    {
        DlmsData? identifier = await values.DataAsync("DeviceIdentifier", cancellationToken).ConfigureAwait(false);
        bool? locks = await values.TruthAsync("SupplyTamperState", cancellationToken).ConfigureAwait(false);
        return new ReadDeviceConfigurationIdentityExcMPxNRsp
        {
            MessageSuccess = true,
            DeviceIdentifier = IdentifierOf(identifier),
            ModelType = await values.TextAsync(
                "ModelType", ReadDeviceConfigurationIdentityExcMPxNRsp.MaxModelCharacters, cancellationToken).ConfigureAwait(false),
            ManufacturerIdentifier = await values.TextAsync(
                "ManufacturerIdentifier", ReadDeviceConfigurationIdentityExcMPxNRsp.MaxManufacturerCharacters, cancellationToken)
                .ConfigureAwait(false),
            SupplyTamperState = locks switch
            {
                null => null,
                true => SupplyTamperState.Locked,
                false => SupplyTamperState.Unchanged,
            },
            MeterVariant = await values.TextAsync(
                "MeterVariant", ReadDeviceConfigurationIdentityExcMPxNRsp.MaxVariantCharacters, cancellationToken).ConfigureAwait(false),
        };
    }

    /// <inheritdoc/>
    internal override SrvResponseBody Refused() => new ReadDeviceConfigurationIdentityExcMPxNRsp { MessageSuccess = false };

    private static Eui64? IdentifierOf(DlmsData? value)
    {
        const int EuiOctets = 8;
        string? text = value switch
        {
            { Type: DlmsDataType.OctetString, Octets.Length: EuiOctets, Text: null } =>
                Convert.ToHexString(value.Octets.Span),
            _ => value?.Text,
        };
        bool isPlain = text is { Length: 2 * EuiOctets } && text.All(char.IsAsciiHexDigit);
        string? dashed = isPlain ? string.Join('-', text!.Chunk(2).Select(pair => new string(pair))) : text;
        return dashed is not null && Eui64.TryParse(dashed, out Eui64 identifier) ? identifier : null;
    }
}
