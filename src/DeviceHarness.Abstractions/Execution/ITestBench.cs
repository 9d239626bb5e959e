using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Power;
using DeviceHarness.Abstractions.Wire;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Duis.Messages;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>What a running pack may use of a rig.</summary>
public interface ITestBench
{
    /// <summary>The rig's name.</summary>
    string Rig { get; }

    /// <summary>The devices of the bench, by their name in the rig file.</summary>
    IReadOnlyList<BenchDevice> Devices { get; }

    /// <summary>The way into the service.</summary>
    IServiceRequestPort Service { get; }

    /// <summary>The way to the devices' keys; null when the bench has none.</summary>
    IKeyPort? Keys => null;

    /// <summary>The way to the top-up tokens of the devices; null when the bench makes none.</summary>
    ITokenPort? Tokens => null;

    /// <summary>The way to the sites of the simulated Service Provider; null when it has one.</summary>
    IServiceSites? Sites => null;

    /// <summary>The way to the simulated migration; null when the bench migrates nothing.</summary>
    IMigrationPort? Migrations => null;

    /// <summary>Finds a kind of step that is written in C#.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Null when the rig has none of that name.</returns>
    IStepKind? FindStepKind(string name) => null;

    /// <summary>The way to what the comms hubs tell of themselves; null when the bench has none.</summary>
    IHubPort? Hubs => null;

    /// <summary>The way to the forms in which devices of a home area network answer; null when the bench has no such network.</summary>
    IFormPort? Forms => null;

    /// <summary>What switches the devices' supply; null when the bench has nothing that does.</summary>
    IPowerPort? Power => null;

    /// <summary>What opens and closes the covers of meters; null when the bench has nothing that does.</summary>
    ITamperPort? Tamper => null;

    /// <summary>What presses buttons of devices; null when the bench has nothing that does.</summary>
    IButtonPort? Buttons => null;

    /// <summary>What sees the devices' supply; null when the bench has no input that does.</summary>
    ISupplySense? Supply => null;

    /// <summary>The way to the person at the bench; null when the bench knows none.</summary>
    IOperatorPort? Operator => null;

    /// <summary>The agent's copy of the Smart Metering Inventory.</summary>
    SmartMeteringInventory Inventory { get; }

    /// <summary>What the devices tell unasked.</summary>
    IAlertLog Alerts => NoAlerts.Instance;

    /// <summary>The octets that passed the bench's ports.</summary>
    IWireLog Wire { get; }

    /// <summary>What the bench's adapters tell of their radios; empty when it has none, or none was opened.</summary>
    IReadOnlyList<RadioReport> Radios => [];

    /// <summary>Explains octets for evidence: one line of text per frame or field.</summary>
    IReadOnlyList<string> Explain(IReadOnlyList<WireRecord> records);

    /// <summary>Finds the passwords in octets, so that evidence is written without them.</summary>
    /// <param name="records">The octets, in order.</param>
    WireSecrets FindSecrets(IReadOnlyList<WireRecord> records);

    /// <summary>Has somebody awaited at the moments of a device's firmware requests, one at a time for each device.</summary>
    /// <param name="device">The device, by its name in the rig file.</param>
    /// <param name="moments">Who is awaited.</param>
    /// <returns>Ends it when disposed of; null when the bench cannot.</returns>
    IDisposable? OnFirmware(DeviceId device, IFirmwareMoments moments) => null;

    /// <summary>What disturbs the bench itself, or did and nobody acknowledged it, so that nothing that it showed proves anything of a
    /// device: an emergency stop, for one.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Null when nothing is known to have.</returns>
    Task<string?> FindDisturbanceAsync(CancellationToken cancellationToken) => Task.FromResult<string?>(null);

    /// <summary>How often the bench itself was disturbed so far, as far as it has noticed: a case during which this grew proves
    /// nothing, though a person has put the bench in order since.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<int> CountDisturbancesAsync(CancellationToken cancellationToken) => Task.FromResult(0);

    /// <summary>What disturbed the bench by its own doing, such as a switch that took a port with it, last and at what time; empty when
    /// nothing did.</summary>
    string LastDisturbance => string.Empty;

    /// <summary>The User that a role's requests come from.</summary>
    /// <param name="role">A DUIS User Role code, such as <c>IS</c>.</param>
    Eui64 UserOf(string role);

    /// <summary>The DUIS version that a User's system speaks: what its requests are written in.</summary>
    /// <param name="user">A User of <see cref="UserOf"/>.</param>
    string DuisVersionOf(Eui64 user) => DuisSchema.CurrentVersion;
}
