namespace DeviceHarness.Duis.Service;

/// <summary>What is wrong with a top-up token, on purpose.</summary>
public enum UtrnFlaw
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Its check digit is another, as when a digit was mistyped.</summary>
    Misprinted,

    /// <summary>Its digits are consistent and its code is not the device's.</summary>
    Forged,
}
