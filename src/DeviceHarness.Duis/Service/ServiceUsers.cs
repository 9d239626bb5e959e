using System.Collections.Frozen;

namespace DeviceHarness.Duis.Service;

/// <summary>The Users that the service knows: which identifier sends under which User Roles.</summary>
public sealed class ServiceUsers
{
    /// <summary>The DCC itself, which is no User: it upgrades dormant meters before their migration and sends nothing else.</summary>
    public const string Dcc = "DCC";

    private const string OtherSuffix = "-other";

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
    public static IReadOnlyList<string> Roles { get; } = ["IS", "GS", "ES", "ED", "GT", "RSA", "OU", Dcc];

    /// <summary>What a second User of a role is called, such as <c>ED-other</c>: a test of whose device it is needs two.</summary>
    public static string OtherOf(string role) => role + OtherSuffix;

    /// <summary>The role that a name stands for, with or without the ending of a second User.</summary>
    public static string RoleOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(OtherSuffix, StringComparison.Ordinal) ? name[..^OtherSuffix.Length] : name;
    }

    /// <summary>Creates the directory of Users that go by their roles, a second one of a role by <see cref="OtherOf"/>.</summary>
    /// <exception cref="ArgumentException">A role is not one of <see cref="Roles"/>.</exception>
    public static ServiceUsers ByKeys(IReadOnlyDictionary<string, Eui64> users) => new(
        users.GroupBy(user => RoleOf(user.Key), user => user.Value)
            .ToDictionary(group => group.Key, group => (IReadOnlyList<Eui64>)[.. group.Distinct()]));

    /// <summary>The roles of a User; empty when the service does not know it.</summary>
    public IReadOnlyList<string> RolesOf(Eui64 user) => _roles.GetValueOrDefault(user, []);
}
