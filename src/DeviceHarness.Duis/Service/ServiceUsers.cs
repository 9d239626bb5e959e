using System.Collections.Frozen;

namespace DeviceHarness.Duis.Service;

/// <summary>The Users that the service knows: which identifier sends under which User Roles.</summary>
public sealed class ServiceUsers
{
    private readonly FrozenDictionary<Eui64, string[]> _roles;

    /// <summary>Creates the directory.</summary>
    /// <param name="users">The identifiers by User Role; one identifier may have several roles.</param>
    /// <exception cref="ArgumentException">A role is not one of <see cref="Roles"/>.</exception>
    public ServiceUsers(IReadOnlyDictionary<string, IReadOnlyList<Eui64>> users)
    {
        ArgumentNullException.ThrowIfNull(users);
        string? unknown = users.Keys.FirstOrDefault(role => !Roles.Contains(role));
        if (unknown is not null)
        {
            throw new ArgumentException($"found User Role '{unknown}'; allowed: {string.Join(", ", Roles)}", nameof(users));
        }

        _roles = users
            .SelectMany(entry => entry.Value.Select(user => (User: user, Role: entry.Key)))
            .GroupBy(pair => pair.User, pair => pair.Role)
            .ToFrozenDictionary(group => group.Key, group => group.Order(StringComparer.Ordinal).ToArray());
    }

    /// <summary>The User Roles: import supplier, gas supplier, export supplier, electricity distributor, gas transporter, registered
    /// supplier agent,
    /// other user.</summary>
    public static IReadOnlyList<string> Roles { get; } = ["IS", "GS", "ES", "ED", "GT", "RSA", "OU"];

    /// <summary>The roles of a User; empty when the service does not know it.</summary>
    public IReadOnlyList<string> RolesOf(Eui64 user) => _roles.GetValueOrDefault(user, []);
}
