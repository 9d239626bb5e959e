using System.Text;
using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Mapping;

/// <summary>Rigs, devices and leases between messages and the domain.</summary>
internal static class ContractMapping
{
    /// <summary>The longest name of a rig in characters.</summary>
    public const int MaximumRigName = 64;

    /// <summary>The most devices of one rig.</summary>
    public const int MaximumDevices = 256;

    /// <summary>The first message down.</summary>
    public static V1.Welcome Welcome(TimeSpan heartbeatInterval) =>
        new() { OrchestratorVersion = HarnessVersion.Text, HeartbeatInterval = Duration.FromTimeSpan(heartbeatInterval) };

    /// <summary>Asks a rig to stop an attempt.</summary>
    public static V1.OrchestratorMessage Cancel(AttemptKey attempt, string reason) =>
        new() { Cancel = new V1.CancelLease { LeaseNumber = attempt.LeaseNumber, Reason = reason } };

    /// <summary>Asks a rig to let go of a lease that it has not begun.</summary>
    public static V1.OrchestratorMessage LetGo(AttemptKey attempt, string reason) =>
        new() { Cancel = new V1.CancelLease { LeaseNumber = attempt.LeaseNumber, Reason = reason, OnlyWaiting = true } };

    /// <summary>Tells a rig what is durable of an attempt.</summary>
    public static V1.OrchestratorMessage Acknowledge(AttemptKey attempt, long sequence) => new()
    {
        Ack = new V1.EventAck
        {
            ExecutionId = attempt.ExecutionId,
            Attempt = attempt.Number,
            LeaseNumber = attempt.LeaseNumber,
            Sequence = sequence,
        },
    };

    private static RigRecord ToRecord(V1.Hello hello, DateTimeOffset now)
    {
        if (hello.Rig.Length is 0 or > MaximumRigName
            || hello.Rig.Any(character => !char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_' or '.')))
        {
            throw Broken(
                $"the rig name '{hello.Rig}' is not 1 to {MaximumRigName} letters, digits, '-', '_' or '.'. Mend 'rig' in the rig file.");
        }

        if (hello.Devices.Count > MaximumDevices)
        {
            throw Broken($"the rig {hello.Rig} has {hello.Devices.Count} devices; at most {MaximumDevices}");
        }

        List<DeviceBaseline> devices = [.. hello.Devices.Select(ToBaseline)];
        if (devices.GroupBy(device => device.Device.Id).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw Broken($"the rig {hello.Rig} has two devices named {twice.Key}. Mend 'devices' in the rig file.");
        }

        return new RigRecord(hello.Rig, now, hello.BootId, hello.AgentVersion, hello.Host, devices);
    }

    /// <summary>Reads a hello.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: the hello breaks the contract.</exception>
    public static RigHello ToHello(V1.Hello hello, DateTimeOffset now) => new(
        ToRecord(hello, now),
        hello.Devices,
        [.. hello.Held.Select(held => new HeldAttempt(
            new AttemptKey(held.ExecutionId, held.Attempt, held.LeaseNumber), held.JournalHighWater, held.Running))]);

    /// <summary>A device with its inventory row.</summary>
    public static V1.Device ToContract(DeviceBaseline device)
    {
        V1.Device message = new()
        {
            Id = device.Device.Id.Value,
            DeviceType = device.Device.DeviceType,
            Eui64 = device.Device.Eui64.ToString(),
            Profile = device.Device.Profile,
            Provenance = ToContract(device.Device.Provenance),
            Status = device.Inventory.Status.ToString(),
            FirmwareVersion = device.Inventory.FirmwareVersion,
            Smets1 = device.Inventory.Smets1,
        };
        foreach ((string name, string value) in device.Device.Facts)
        {
            message.Facts.Add(name, value);
        }

        return message;
    }

    /// <summary>A lease, with the inventory as the store holds it now.</summary>
    public static V1.Lease ToContract(Lease lease)
    {
        V1.Lease message = new()
        {
            LeaseNumber = lease.Attempt.LeaseNumber,
            ExecutionId = lease.Attempt.ExecutionId,
            Attempt = lease.Attempt.Number,
            PackName = lease.Cycle.PackName,
            PackHash = lease.Cycle.PackHash,
            PackText = ByteString.CopyFrom(lease.Cycle.PackText, Encoding.UTF8),
            CaseId = lease.Execution.CaseId,
            TimeBudget = Duration.FromTimeSpan(lease.Execution.TimeBudget),
            Seed = lease.Cycle.Seed,
            IrreversibleAllowedBy = lease.Cycle.IrreversibleAllowedBy,
        };
        message.Devices.AddRange(lease.Devices
            .Select(device => WithRow(device, lease.Inventory)).Select(ToContract));
        return message;
    }

    /// <summary>The same device with the inventory row that the store holds of it.</summary>
    public static DeviceBaseline WithRow(DeviceBaseline device, IReadOnlyList<InventoryDevice> rows) =>
        rows.FirstOrDefault(row => row.DeviceId == device.Device.Eui64) is { } row ? device with { Inventory = row } : device;

    /// <summary>Route and origin.</summary>
    public static V1.Provenance ToContract(Provenance provenance) => new()
    {
        Route = provenance.Route switch
        {
            Route.LocalSerial => V1.Route.LocalSerial,
            Route.LocalHan => V1.Route.LocalHan,
            _ => V1.Route.Dcc,
        },
        Origin = provenance.Origin switch
        {
            Origin.Real => V1.Origin.Real,
            Origin.Virtual => V1.Origin.Virtual,
            Origin.Replayed => V1.Origin.Replayed,
            _ => V1.Origin.Scaled,
        },
    };

    /// <summary>Reads route and origin.</summary>
    /// <returns>False when either is missing or unknown.</returns>
    public static bool TryReadProvenance(V1.Provenance? source, out Provenance provenance)
    {
        Route? route = source?.Route switch
        {
            V1.Route.LocalSerial => Route.LocalSerial,
            V1.Route.LocalHan => Route.LocalHan,
            V1.Route.Dcc => Route.Dcc,
            _ => null,
        };
        Origin? origin = source?.Origin switch
        {
            V1.Origin.Real => Origin.Real,
            V1.Origin.Virtual => Origin.Virtual,
            V1.Origin.Replayed => Origin.Replayed,
            V1.Origin.Scaled => Origin.Scaled,
            _ => null,
        };
        provenance = new Provenance(route.GetValueOrDefault(), origin.GetValueOrDefault());
        return route is not null && origin is not null;
    }

    private static DeviceBaseline ToBaseline(V1.Device device)
    {
        if (device.Id.Length == 0 || device.DeviceType.Length == 0)
        {
            throw Broken("a device has no name or no type");
        }

        if (!Eui64.TryParse(device.Eui64, out Eui64 eui64))
        {
            throw Broken($"the device {device.Id} has the EUI-64 '{device.Eui64}'; allowed: a text such as 90-B3-D5-1F-30-00-00-A0");
        }

        if (!TryReadProvenance(device.Provenance, out Provenance provenance))
        {
            throw Broken($"the device {device.Id} does not say its route and origin");
        }

        if (!System.Enum.TryParse(device.Status, out DeviceStatus status) || status.ToString() != device.Status)
        {
            string allowed = string.Join(", ", System.Enum.GetNames<DeviceStatus>());
            throw Broken($"the device {device.Id} has the status '{device.Status}'; allowed: {allowed}");
        }

        return new DeviceBaseline(
            new BenchDevice(new DeviceId(device.Id), device.DeviceType, eui64, device.Profile, provenance)
            {
                Facts = new Dictionary<string, string>(device.Facts, StringComparer.Ordinal),
            },
            new InventoryDevice(eui64, device.DeviceType, status, device.FirmwareVersion, device.Smets1));
    }

    private static RpcException Broken(string what) => new(new Status(StatusCode.InvalidArgument, $"the hello cannot be used: {what}"));
}
