namespace DeviceHarness.Virtual.Esme;

/// <summary>Who a virtual meter says that it is, beyond its serial number. All of it is made up.</summary>
public sealed record MeterIdentity
{
    /// <summary>The manufacturer, 1 to 30 characters.</summary>
    public string Manufacturer { get; init; } = "DHV";

    /// <summary>The model, 1 to 30 characters.</summary>
    public string Model { get; init; } = "VE-1";

    /// <summary>The variant: A single element, AD with auxiliary loads, ADE with boost; 1 to 8 characters.</summary>
    public string Variant { get; init; } = "A";

    /// <summary>The import MPAN, thirteen digits; empty when nobody set it.</summary>
    public string ImportMpan { get; init; } = string.Empty;

    /// <summary>The export MPAN, thirteen digits; empty when nobody set it.</summary>
    public string ExportMpan { get; init; } = string.Empty;

    /// <summary>How many digits the display shows before the point (4 to 8).</summary>
    public int DisplayDigits { get; init; } = 6;

    /// <summary>How many digits it shows behind it (0 to 3).</summary>
    public int DisplayDecimals { get; init; }
}
