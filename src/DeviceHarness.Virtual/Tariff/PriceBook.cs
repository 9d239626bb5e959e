namespace DeviceHarness.Virtual.Tariff;

/// <summary>What is charged now, what will be, and from when on.</summary>
/// <remarks>Spec: IEC 62056-6-2, class 113 attributes 5 to 7, as the domain guide names them.</remarks>
internal sealed class PriceBook(UnitCharge active)
{
    /// <summary>What is charged now.</summary>
    public UnitCharge Active { get; private set; } = active;

    /// <summary>What will be charged.</summary>
    public UnitCharge Passive { get; set; } = active;

    /// <summary>When the passive prices become the active ones; null for never.</summary>
    public DateTimeOffset? ActivationTime { get; set; }

    /// <summary>The passive prices become the active ones now.</summary>
    public void Activate()
    {
        Active = Passive;
        ActivationTime = null;
    }

    /// <summary>Goes on from what was kept without power.</summary>
    public void Restore(PriceRecord kept)
    {
        Active = kept.Active;
        Passive = kept.Passive;
        ActivationTime = kept.ActivationTime;
    }

    /// <summary>What is kept without power.</summary>
    public PriceRecord Keep() => new(Active, Passive, ActivationTime);
}

/// <summary>Prices as they are kept in flash.</summary>
internal sealed record PriceRecord(UnitCharge Active, UnitCharge Passive, DateTimeOffset? ActivationTime);
