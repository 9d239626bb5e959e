namespace DeviceHarness.Virtual.Prepayment;

/// <summary>What a meter finds in twenty digits.</summary>
public enum UtrnVerdict
{
    /// <summary>A token of this meter.</summary>
    Authentic,

    /// <summary>Not twenty digits, or a wrong check digit.</summary>
    Incorrect,

    /// <summary>A token of another meter.</summary>
    ForAnotherDevice,

    /// <summary>Nobody who has the key made it.</summary>
    NotAuthentic,
}
