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

    /// <summary>Whose network operator certificate the device holds; null when that is not known. For a SMETS1 device the Data Service
    /// Provider holds it by proxy.</summary>
    public Eui64? NetworkOperatorCertificate { get; init; }

    /// <summary>Whose network operator certificate the SMETS1 Service Provider holds by proxy; null when it is the same.</summary>
    public Eui64? ServiceProviderCopy { get; init; }

    /// <summary>Whether the two proxies hold certificates of different Users.</summary>
    public bool ProxiesDiffer => ServiceProviderCopy is { } copy && copy != NetworkOperatorCertificate;

    /// <summary>Replaces the network operator certificate in both proxies.</summary>
    /// <param name="owner">Whose the new one is.</param>
    /// <param name="reachesServiceProvider">Whether the SMETS1 Service Provider takes it; one that does not keeps what it had.</param>
    public DeviceOwnership WithNetworkOperator(Eui64 owner, bool reachesServiceProvider = true) => this with
    {
        NetworkOperatorCertificate = owner,
        ServiceProviderCopy = reachesServiceProvider ? null : ServiceProviderCopy ?? NetworkOperatorCertificate,
    };

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
