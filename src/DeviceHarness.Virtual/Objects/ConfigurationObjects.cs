using DeviceHarness.Codecs.Axdr;
using DeviceHarness.Codecs.Dlms;
using DeviceHarness.Virtual.Esme;

namespace DeviceHarness.Virtual.Objects;

/// <summary>What the meter is told and says about itself: identity, texts, alert configuration, push, display, battery, ports.</summary>
/// <remarks>Codes as the domain guide gives them; what is the harness's own choice is marked in the README's table.</remarks>
internal static class ConfigurationObjects
{
    private const int MpanDigits = 13;
    private const int MaximumMessageOctets = 116;
    private const int MaximumIdOctets = 20;
    private const int AlertBits = 96;
    private const byte Percent = 56;
    private static readonly byte[] False = [(byte)DlmsDataType.Boolean, 0];

    /// <summary>All of them.</summary>
    public static IEnumerable<CosemObject> Compose(ObjectComposer composer)
    {
        EsmeState meter = composer.Meter;
        MeterIdentity identity = meter.Model.Identity;
        return
        [
            composer.Text("0-0:96.1.6.255", identity.Manufacturer),
            composer.Text("0-0:96.1.4.255", identity.Model),
            composer.Text("0-0:96.1.2.255", identity.Variant),
            composer.Setting("0-0:94.44.34.11", Text(identity.ImportMpan), CheckMpan),
            composer.Setting("1-0:0.0.2.255", Text(identity.ExportMpan), CheckMpan),
            composer.Data("1-0:0.2.8.255", (ref AxdrWriter writer) => writer.WriteOctetString(Signature(meter))),
            composer.Setting("0-0:94.44.0.4", False, CheckBoolean),
            composer.Setting("0-2:96.13.1.255", Text(string.Empty), data => CheckOctets(data, MaximumMessageOctets)),
            composer.Setting("0-3:96.13.1.255", Text(string.Empty), data => CheckOctets(data, MaximumIdOctets)),
            composer.Setting("0-0:96.13.0.255", Text(string.Empty), data => CheckOctets(data, MaximumMessageOctets)),
            composer.Setting("0-0:96.13.1.255", Text(string.Empty), data => CheckOctets(data, MaximumMessageOctets)),
            composer.Setting("0-0:94.44.3.2", NoMoment(), CheckMoment),
            composer.Setting("0-0:94.44.3.1", False, CheckBoolean),
            composer.Setting("0-30:97.98.11.255", AllBits(), CheckAlertBits),
            composer.Setting("0-33:97.98.11.255", AllBits(), CheckAlertBits),
            composer.Data("0-0:97.98.0.255", (ref AxdrWriter writer) => writer.WriteDoubleLongUnsigned((uint)meter.Alerts.Count)),
            composer.Setting("0-0:97.98.10.255", [(byte)DlmsDataType.DoubleLongUnsigned, 0xFF, 0xFF, 0xFF, 0xFF], CheckNumber),
            composer.Setting("0-0:96.50.0.255", Display(identity), CheckDisplay),
            composer.Register(
                "0-0:96.6.1.255", 0, Percent,
                (ref AxdrWriter writer) => writer.WriteUnsigned((byte)meter.Engines.Battery.RemainingPercent)),
            composer.SingleActionSchedule("0-0:15.0.2.255", meter.Engines.ImageSchedule),
            Push(composer),
            OpticalPort(composer),
        ];
    }

    private static byte[] Signature(EsmeState meter) =>
        meter.Image.Status == Firmware.ImageTransferStatus.ActivationSuccessful ? meter.Image.HashHeldImage() : [];

    private static byte[] Text(string text) =>
        [(byte)DlmsDataType.OctetString, (byte)text.Length, .. System.Text.Encoding.ASCII.GetBytes(text)];

    private static byte[] NoMoment() =>
        [(byte)DlmsDataType.OctetString, 12, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0xFF];

    private static byte[] AllBits() =>
        [(byte)DlmsDataType.BitString, AlertBits, .. Enumerable.Repeat<byte>(0xFF, AlertBits / 8)];

    // Digits before the point, digits behind it, whether leading zeros are shown.
    private static byte[] Display(MeterIdentity identity) =>
    [
        (byte)DlmsDataType.Structure, 3,
        (byte)DlmsDataType.Unsigned, (byte)identity.DisplayDigits,
        (byte)DlmsDataType.Unsigned, (byte)identity.DisplayDecimals,
        (byte)DlmsDataType.Boolean, 1,
    ];

    private static DataAccessResult CheckDisplay(ReadOnlySpan<byte> data)
    {
        ValueReader reader = new(data);
        reader.Structure(3);
        reader.Number(DlmsDataType.Unsigned, 4, 8);
        reader.Number(DlmsDataType.Unsigned, 0, 3);
        reader.Boolean();
        return reader.Complete();
    }

    private static DataAccessResult CheckMpan(ReadOnlySpan<byte> data)
    {
        ValueReader reader = new(data);
        if (reader.Octets(MpanDigits, MpanDigits).ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            reader.Refuse(DataAccessResult.OtherReason);
        }

        return reader.Complete();
    }

    private static DataAccessResult CheckOctets(ReadOnlySpan<byte> data, int maximum)
    {
        ValueReader reader = new(data);
        reader.Octets(0, maximum);
        return reader.Complete();
    }

    private static DataAccessResult CheckBoolean(ReadOnlySpan<byte> data)
    {
        ValueReader reader = new(data);
        reader.Boolean();
        return reader.Complete();
    }

    private static DataAccessResult CheckNumber(ReadOnlySpan<byte> data)
    {
        ValueReader reader = new(data);
        reader.Number(DlmsDataType.DoubleLongUnsigned);
        return reader.Complete();
    }

    private static DataAccessResult CheckMoment(ReadOnlySpan<byte> data)
    {
        ValueReader reader = new(data);
        reader.MomentOrNever();
        return reader.Complete();
    }

    private static DataAccessResult CheckAlertBits(ReadOnlySpan<byte> data)
    {
        ValueReader reader = new(data);
        reader.Bits(AlertBits);
        return reader.Complete();
    }

    // Class 40: 2 objects that are pushed, 3 destination, 4 window, 5 randomisation, 6 retries, 7 delay.
    private static ComposedObject Push(ObjectComposer composer) => composer.Object(
        40, 0, ObjectComposer.Name("0-0:25.9.0.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) =>
            {
                writer.WriteArray(1);
                new ProfileColumn(1, ObjectComposer.Name("0-0:96.11.0.255"), 2).Write(ref writer);
            }),
            new CosemAttribute(3, (ref AxdrWriter writer) =>
            {
                writer.WriteStructure(3);
                writer.WriteEnum(0);
                writer.WriteOctetString([]);
                writer.WriteEnum(0);
            }),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteArray(0)),
            new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteLongUnsigned(0)),
            new CosemAttribute(6, (ref AxdrWriter writer) => writer.WriteUnsigned(0)),
            new CosemAttribute(7, (ref AxdrWriter writer) => writer.WriteLongUnsigned(0)),
        ],
        [new CosemMethod(1, null)]);

    // Class 19: 2 default mode (HDLC), 3 default and 4 proposed speed, 5 response time, 6 address, 7 to 9 passwords, which nobody reads.
    private static ComposedObject OpticalPort(ObjectComposer composer) => composer.Object(
        19, 1, ObjectComposer.Name("0-0:20.0.0.255"),
        [
            new CosemAttribute(2, (ref AxdrWriter writer) => writer.WriteEnum(1)),
            new CosemAttribute(3, (ref AxdrWriter writer) => writer.WriteEnum(0)),
            new CosemAttribute(4, (ref AxdrWriter writer) => writer.WriteEnum(5)),
            new CosemAttribute(5, (ref AxdrWriter writer) => writer.WriteEnum(1)),
            new CosemAttribute(6, (ref AxdrWriter writer) => writer.WriteOctetString(
                System.Text.Encoding.ASCII.GetBytes(composer.Meter.Model.SerialNumber))),
        ]);
}
