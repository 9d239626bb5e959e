namespace DeviceHarness.Duis.Bodies.Firmware;

/// <summary>Which devices of an 11.1 are left out, and why; the others get the image.</summary>
/// <remarks>Spec: DUIS XML schema 5.4, DSPUpdateFirmwareWarning, which goes with the code W110101 (the pairing is inferred). Compares by
/// content.</remarks>
public sealed record UpdateFirmwareWarning
{
    /// <summary>Devices that the inventory does not hold.</summary>
    public IReadOnlyList<Eui64> InvalidDevices { get; init; } = [];

    /// <summary>Devices whose status takes no image.</summary>
    public IReadOnlyList<Eui64> NotCommissionedDevices { get; init; } = [];

    /// <summary>Devices that the firmware is not for.</summary>
    public IReadOnlyList<Eui64> NotApplicableFirmwareDevices { get; init; } = [];

    /// <summary>Devices that another 11.1 is delivering to.</summary>
    public IReadOnlyList<Eui64> OtherRequestInProgressDevices { get; init; } = [];

    /// <summary>Devices whose GBCS version does not fit.</summary>
    public IReadOnlyList<Eui64> InvalidGbcsVersionDevices { get; init; } = [];

    /// <summary>Whether no device is left out.</summary>
    public bool IsEmpty => Lists.All(list => list.Count == 0);

    /// <summary>Reads the data of an acknowledgement.</summary>
    /// <param name="dataXml">The element DSPUpdateFirmwareWarning.</param>
    /// <exception cref="Service.DuisFormatException">The text is not that element.</exception>
    public static UpdateFirmwareWarning Parse(string dataXml) => Xml.FirmwareFormat.ReadWarning(dataXml);

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
