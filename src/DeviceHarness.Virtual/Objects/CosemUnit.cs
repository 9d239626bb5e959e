namespace DeviceHarness.Virtual.Objects;

/// <summary>The physical units that this meter uses.</summary>
/// <remarks>Spec: IEC 62056-6-2, scal_unit_type, as the domain guide gives it.</remarks>
internal enum CosemUnit : byte
{
    /// <summary>W.</summary>
    Watt = 27,

    /// <summary>Wh.</summary>
    WattHour = 30,

    /// <summary>varh.</summary>
    VarHour = 32,

    /// <summary>V.</summary>
    Volt = 35,
}
