namespace DeviceHarness.Duis.Inventory;

/// <summary>Who is responsible for a device: by registration, and by the certificates that it holds.</summary>
/// <remarks>Both are needed for a critical request to a SMETS1 device (SEC modification DP107); after a wrong certificate was placed by
/// 6.15.1 nobody has both.</remarks>
public sealed record DeviceOwnership
{
    /// <summary>Who was and is registered.</summary>
    public IReadOnlyList<Registration> Registrations { get; init; } = [];

    /// <summary>Whose supplier certificate the device holds; null when that is not known.</summary>
    public Eui64? SupplierCertificate { get; init; }

    /// <summary>Whose network operator certificate the device holds; null when that is not known.</summary>
    public Eui64? NetworkOperatorCertificate { get; init; }

    /// <summary>Whether a User was registered under a role for the whole of a time.</summary>
    /// <param name="role">A DUIS User Role.</param>
    /// <param name="user">The User.</param>
    /// <param name="from">The first instant.</param>
    /// <param name="to">The last instant; the same one for a point in time.</param>
    public bool IsRegistered(string role, Eui64 user, DateTimeOffset from, DateTimeOffset to)
    {
        DateTimeOffset reached = from;
        foreach (Registration registration in Registrations.Where(row => row.Role == role && row.User == user).OrderBy(row => row.From))
        {
            if (registration.From > reached)
            {
                return false;
            }

            if (registration.To is not { } end || end > to)
            {
                return true;
            }

            reached = end > reached ? end : reached;
        }

        return false;
    }

    /// <summary>Whose certificate the device holds for a role; null when that is not known, or when the role has none on a
    /// device.</summary>
    public Eui64? CertificateOf(string role) => role switch
    {
        "IS" or "GS" => SupplierCertificate,
        "ED" or "GT" => NetworkOperatorCertificate,
        _ => null,
    };
}

/// <summary>That a User was registered for a device's meter point under a role.</summary>
/// <param name="Role">A DUIS User Role.</param>
/// <param name="User">The User.</param>
/// <param name="From">The first instant.</param>
/// <param name="To">The first instant at which it is no longer; null while it is.</param>
public sealed record Registration(string Role, Eui64 User, DateTimeOffset From, DateTimeOffset? To = null);
