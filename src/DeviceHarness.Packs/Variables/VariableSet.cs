using System.Globalization;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Packs.Runner;

namespace DeviceHarness.Packs.Variables;

/// <summary>The values that <c>${…}</c> stands for in one attempt. Not safe for several threads: an attempt runs one step at a
/// time.</summary>
public sealed class VariableSet : IVariableSource
{
    private readonly TimeProvider _time;
    private readonly ITestBench _bench;
    private readonly DeviceBindings _devices;
    private readonly long _seed;
    private readonly Dictionary<Eui64, InventoryDevice> _rows = [];
    private readonly Dictionary<string, string> _captures = new(StringComparer.Ordinal);
    private RequestId? _request;
    private DateTimeOffset? _requested;

    internal VariableSet(TimeProvider time, ITestBench bench, DeviceBindings devices, long seed)
    {
        _time = time;
        _bench = bench;
        _devices = devices;
        _seed = seed;
        foreach (BenchDevice device in devices.ByRole.Values)
        {
            // The rows as they are when the attempt begins: the answer to 11.2 updates the very row that a case wants to compare it with.
            if (bench.Inventory.Find(device.Eui64) is { } row)
            {
                _rows[device.Eui64] = row;
            }
        }
    }

    /// <summary>The present time of the attempt's clock.</summary>
    public DateTimeOffset Now => _time.GetUtcNow();

    /// <summary>The same values, with <c>now</c> as it was when the last request began.</summary>
    internal IVariableSource AsOfRequest => new Earlier(this, _requested ?? Now);

    /// <summary>Keeps a value under a name for the steps that follow.</summary>
    public void Capture(string name, string value) => _captures[name] = value;

    /// <inheritdoc/>
    public string? Find(VariableReference reference) => Find(reference, Now);

    private string? Find(VariableReference reference, DateTimeOffset now)
    {
        string name = reference.Name;
        if (reference.TimeAt(now) is { } time)
        {
            return time;
        }

        int dot = name.IndexOf('.', StringComparison.Ordinal);
        if (dot >= 0)
        {
            string owner = name[..dot];
            string property = name[(dot + 1)..];
            return owner == BuiltInVariables.Request ? RequestProperty(property) : DeviceProperty(owner, property);
        }

        return name switch
        {
            BuiltInVariables.Rig => _bench.Rig,
            BuiltInVariables.Seed => _seed.ToString(CultureInfo.InvariantCulture),
            _ => reference.Of(_captures.GetValueOrDefault(name)),
        };
    }

    /// <summary>Sets the identifiers of the request that is about to be written: <c>${request.id}</c> and its parts.</summary>
    internal void SetRequest(RequestId id)
    {
        _request = id;
        _requested = Now;
    }

    private string? RequestProperty(string property) => (property, _request) switch
    {
        (_, null) => null,
        ("id", { } id) => id.ToString(),
        ("originator", { } id) => id.Originator.ToString(),
        ("target", { } id) => id.Target.ToString(),
        ("counter", { } id) => id.Counter.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    private string? DeviceProperty(string role, string property)
    {
        if (_devices.Find(role) is not { } device)
        {
            return null;
        }

        InventoryDevice? row = _rows.GetValueOrDefault(device.Eui64);
        return property switch
        {
            "name" => device.Id.Value,
            "type" => device.DeviceType,
            "eui64" => device.Eui64.ToString(),
            "profile" => device.Profile,
            "firmware" => row?.FirmwareVersion,
            "status" => row?.Status.ToString(),
            _ => device.Secrets.GetValueOrDefault(property) ?? device.Facts.GetValueOrDefault(property),
        };
    }

    private sealed class Earlier(VariableSet values, DateTimeOffset now) : IVariableSource
    {
        public string? Find(VariableReference reference) => values.Find(reference, now);
    }
}
