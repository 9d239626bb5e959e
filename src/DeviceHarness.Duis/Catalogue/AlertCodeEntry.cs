namespace DeviceHarness.Duis.Catalogue;

/// <summary>What is known of one alert code.</summary>
/// <param name="Code">The code: four hexadecimal digits of a device alert, or one such as <c>AD1</c> of a DCC alert.</param>
/// <param name="Kind">Whose alert it is and what is known of its group.</param>
/// <param name="Meaning">What it means, in our words; empty when no public source says.</param>
public sealed record AlertCodeEntry(string Code, string Kind, string Meaning)
{
    /// <summary>Whether a device raises it, and not the service.</summary>
    public bool IsDeviceAlert => Kind.StartsWith("device alert", StringComparison.Ordinal);

    /// <summary>Whether it belongs to the group that is told to the network operator.</summary>
    public bool IsForNetworkOperator => Kind.Contains("network-operator", StringComparison.Ordinal);
}
