namespace DeviceHarness.Drivers.Survey;

/// <summary>A value that was read, or was to be.</summary>
/// <param name="What">What it is, such as <c>serial number</c>.</param>
/// <param name="Attribute">Where it is: class, logical name, attribute.</param>
/// <param name="Value">What the device told; empty when it told nothing.</param>
/// <param name="Problem">Why it told nothing; empty when it did.</param>
public sealed record SurveyedValue(string What, string Attribute, string Value, string Problem)
{
    /// <summary>The logical device name.</summary>
    public const string LogicalDeviceName = "logical device name";

    /// <summary>The serial number.</summary>
    public const string SerialNumber = "serial number";

    /// <summary>The version of the firmware that runs.</summary>
    public const string Firmware = "firmware";

    /// <summary>After how many seconds without a frame the device drops the link.</summary>
    public const string InactivityTimeout = "inactivity time-out in s";
}
