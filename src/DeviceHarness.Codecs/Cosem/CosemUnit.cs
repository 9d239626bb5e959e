namespace DeviceHarness.Codecs.Cosem;

/// <summary>The unit codes that meters of this harness use.</summary>
/// <remarks>Spec: IEC 62056-6-2, enumeration of units; the others keep their number.</remarks>
public static class CosemUnit
{
    /// <summary>Minute.</summary>
    public const byte Minute = 6;

    /// <summary>Second.</summary>
    public const byte Second = 7;

    /// <summary>The local currency.</summary>
    public const byte Currency = 10;

    /// <summary>Watt.</summary>
    public const byte Watt = 27;

    /// <summary>Volt-ampere.</summary>
    public const byte VoltAmpere = 28;

    /// <summary>Var.</summary>
    public const byte Var = 29;

    /// <summary>Watt-hour.</summary>
    public const byte WattHour = 30;

    /// <summary>Volt-ampere-hour.</summary>
    public const byte VoltAmpereHour = 31;

    /// <summary>Var-hour.</summary>
    public const byte VarHour = 32;

    /// <summary>Ampere.</summary>
    public const byte Ampere = 33;

    /// <summary>Volt.</summary>
    public const byte Volt = 35;

    /// <summary>Hertz.</summary>
    public const byte Hertz = 44;

    /// <summary>No unit.</summary>
    public const byte None = 255;

    /// <summary>The unit's symbol, such as <c>Wh</c>; <c>unit 17</c> for a code without a name here, empty for none.</summary>
    /// <param name="unit">The code.</param>
    public static string Symbol(byte unit) => unit switch
    {
        Minute => "min",
        Second => "s",
        Currency => "currency",
        Watt => "W",
        VoltAmpere => "VA",
        Var => "var",
        WattHour => "Wh",
        VoltAmpereHour => "VAh",
        VarHour => "varh",
        Ampere => "A",
        Volt => "V",
        Hertz => "Hz",
        None => "",
        _ => $"unit {unit}",
    };
}
