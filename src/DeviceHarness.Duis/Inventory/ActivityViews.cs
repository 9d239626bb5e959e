namespace DeviceHarness.Duis.Inventory;

/// <summary>Whether a device's installation is in use by a supplier, as somebody sees it.</summary>
public enum InstallationActivity
{
    /// <summary>Nobody said.</summary>
    Unknown,

    /// <summary>The supplier operates it in smart mode.</summary>
    Active,

    /// <summary>It could be reached, and its supplier has no contract for it.</summary>
    Dormant,
}

/// <summary>What the SMETS1 operator of before and the supplier each say of an installation.</summary>
/// <param name="Smso">What the operator's system says.</param>
/// <param name="Supplier">What the supplier says.</param>
/// <remarks>An upgrade over the air may make the operator's system take a meter for active which its supplier does not know to be: they
/// are compared before such a meter is migrated under the wrong type.</remarks>
public sealed record ActivityViews(InstallationActivity Smso, InstallationActivity Supplier)
{
    /// <summary>Whether both spoke and disagree.</summary>
    public bool Disagree =>
        Smso != InstallationActivity.Unknown && Supplier != InstallationActivity.Unknown && Smso != Supplier;
}
