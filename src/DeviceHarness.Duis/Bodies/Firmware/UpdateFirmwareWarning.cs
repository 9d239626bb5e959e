namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>Which devices of an 11.1 or an 11.4 are left out, and why; the others get the image.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, DSPUpdateFirmwareWarning, which goes with the code W110101, and schema 5.1,
/// DSPUpdatePPMIDFirmwareWarning, of the same content, with W110401 (the pairings are inferred). Compares by content.</remarks>
public sealed record UpdateFirmwareWarning
{
    /// <summary>Devices that the inventory does not hold.</summary>
    public IReadOnlyList<Eui64> InvalidDevices { get; init; } = [];

    /// <summary>Devices whose status takes no image.</summary>
    public IReadOnlyList<Eui64> NotCommissionedDevices { get; init; } = [];

    /// <summary>Devices that the firmware is not for.</summary>
    public IReadOnlyList<Eui64> NotApplicableFirmwareDevices { get; init; } = [];

    /// <summary>Devices that another such request is delivering to.</summary>
    public IReadOnlyList<Eui64> OtherRequestInProgressDevices { get; init; } = [];

    /// <summary>Devices whose GBCS version does not fit.</summary>
    public IReadOnlyList<Eui64> InvalidGbcsVersionDevices { get; init; } = [];

    /// <summary>Whether no device is left out.</summary>
    public bool IsEmpty => Lists.All(list => list.Count == 0);

    /// <summary>Reads the data of an acknowledgement.</summary>
    /// <param name="dataXml">The element DSPUpdateFirmwareWarning, or DSPUpdatePPMIDFirmwareWarning.</param>
    /// <param name="srv">The variant that was acknowledged: 11.1 or 11.4, to which the elements belong in this order.</param>
    /// <exception cref="Service.DuisFormatException">The text is not that element.</exception>
    public static UpdateFirmwareWarning Parse(string dataXml, string srv = UpdateFirmware.Variant) =>
        Xml.FirmwareFormat.ReadWarning(dataXml, srv);

    private IReadOnlyList<Eui64>[] Lists =>
    [
        InvalidDevices, NotCommissionedDevices, NotApplicableFirmwareDevices, OtherRequestInProgressDevices, InvalidGbcsVersionDevices,
    ];

    /// <inheritdoc/>
    public bool Equals(UpdateFirmwareWarning? other) =>
        other is not null && Lists.Zip(other.Lists).All(pair => pair.First.SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => Lists.Sum(list => list.Count);
}
