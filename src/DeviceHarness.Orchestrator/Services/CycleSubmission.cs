using System.Text;
using DeviceHarness.Abstractions.Errors;
using DeviceHarness.Abstractions.Execution;
using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Duis.Inventory;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Packs.Library;
using DeviceHarness.Packs.Loader;
using DeviceHarness.Packs.Model;
using DeviceHarness.Store;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Takes cycles in, and calls them off.</summary>
internal sealed class CycleSubmission(RigRegistry rigs, RigDeskServices services)
{
    private const string AlreadyThere = "STORE-004";

    /// <summary>Checks everything that can be checked now, freezes the cycles and queues them.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT: pack, cases or count are not valid. FAILED_PRECONDITION: no such rig, or no
    /// eligible device.</exception>
    public async Task<V1.SubmitCyclesReply> SubmitAsync(V1.SubmitCyclesRequest request, CancellationToken cancellationToken)
    {
        int count = request.Cycles == 0 ? 1 : request.Cycles;
        if (count is < 1 or > CycleLimits.MaximumSubmitted)
        {
            throw Invalid($"{request.Cycles} cycles were asked for; allowed: 1 to {CycleLimits.MaximumSubmitted}");
        }

        if (request.IrreversibleAllowedBy.Length > CycleLimits.MaximumPersonCharacters)
        {
            throw Invalid($"the name of who allows irreversible steps has more than {CycleLimits.MaximumPersonCharacters} characters");
        }

        IReadOnlyList<StopRule> stopRules = StopRuleMapping.ToDomain(request.StopOn);
        CyclePurpose purpose = RegressionMapping.ToDomain(request.Purpose);
        if (purpose is { Kind: CycleKind.Regression, Scope.Dmc.Length: 0 })
        {
            throw Invalid("a regression cycle needs the Device Model Combination that it is for");
        }

        TestPack pack = Load(request.PackName, request.PackText);
        IReadOnlyList<TestCase> cases = CycleFreezer.Select(pack, request.Only);
        RigDesk desk = Choose(request, record => CycleFreezer.HasDevices(pack, cases, DevicesOf(record)));
        RigRecord record = desk.Record!;
        CycleFreezer.RequireDevices(pack, cases, desk.Name, DevicesOf(record));
        IReadOnlyList<DeviceBaseline> devices = await BaselineAsync(record, cancellationToken).ConfigureAwait(false);
        V1.SubmitCyclesReply reply = new();
        List<SpareRig> spares = [];
        foreach (RigRecord spare in SparesOf(request, desk.Name))
        {
            IReadOnlyList<DeviceBaseline> itsDevices = await BaselineAsync(spare, cancellationToken).ConfigureAwait(false);
            spares.Add(SpareRigChoice.Freeze(pack, cases, devices, spare.Name, itsDevices, reply.Warnings));
        }

        for (int index = 0; index < count; index++)
        {
            DateTimeOffset now = services.Now;
            Cycle first = CycleFreezer.Freeze(ExecutionName.OfCycle(now, 1), pack, desk.Name, devices, request.Seed + index, now) with
            {
                IrreversibleAllowedBy = request.IrreversibleAllowedBy,
                StopRules = stopRules,
                Spares = spares,
                Purpose = purpose,
                IsSelection = cases.Count < pack.Cases.Count,
                Submission = index == 0 ? string.Empty : reply.CycleIds[0],
            };
            Cycle cycle = await AddAsync(first, cases, cancellationToken).ConfigureAwait(false);
            reply.CycleIds.Add(cycle.Id);
            OrchestratorLog.CycleFrozen(services.Logger, cycle.Id, pack.Name, pack.Hash, desk.Name, cases.Count);
        }

        reply.Warnings.AddRange(WarningsOf(desk));
        await desk.WakeAsync(cancellationToken).ConfigureAwait(false);
        return reply;
    }

    /// <summary>Cancels a cycle: what is queued never runs, what runs is asked to stop.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such cycle.</exception>
    public async Task CancelAsync(string cycleId, string reason, CancellationToken cancellationToken)
    {
        string why = reason.Length == 0 ? "cancelled by a client" : $"cancelled: {reason}";
        CycleDetail detail = await services.Store.GetCycleAsync(cycleId, cancellationToken).ConfigureAwait(false)
            ?? throw CycleWatch.NoSuchCycle(cycleId);
        if (detail.Cycle.State.HasEnded())
        {
            return;
        }

        IReadOnlyList<LiveLease> leases =
            await services.Store.CancelCycleAsync(cycleId, why, services.Now, cancellationToken).ConfigureAwait(false) ?? [];
        OrchestratorLog.CycleCancelled(services.Logger, cycleId, why);
        await rigs.Open(detail.Cycle.Rig).StopAsync(cycleId, leases, why, cancellationToken).ConfigureAwait(false);
    }

    private static IEnumerable<string> WarningsOf(RigDesk desk)
    {
        if (!desk.Presence.IsOnline)
        {
            yield return $"the rig {desk.Name} is offline; the cycle begins when its agent connects ('harness agent')";
        }

        if (desk.Bench.Open is { } quarantine)
        {
            yield return $"the rig is in quarantine: {quarantine}. The cycle waits, or goes to a spare rig ('harness rigs')";
        }

        if (desk.Health.State.Fitness == RigFitness.Sick)
        {
            yield return $"the rig {desk.Name} is {desk.Health.State}. The cycle waits until the rig is healthy ('harness rigs')";
        }
    }

    /// <summary>The built-in packs.</summary>
    public static V1.ListPacksReply ListPacks()
    {
        V1.ListPacksReply reply = new();
        reply.Packs.AddRange(PackLibrary.List.Select(pack => new V1.PackSummary
        {
            Name = pack.Name,
            Title = pack.Title,
            Cases = pack.Cases.Count,
            Hash = pack.Hash,
        }));
        return reply;
    }

    private static TestPack Load(string name, string text)
    {
        if (text.Length == 0)
        {
            return PackLibrary.Find(name) ?? throw Invalid(
                $"there is no built-in pack '{name}'; there are {string.Join(", ", PackLibrary.Names)}. "
                + "For a pack of your own give the file.");
        }

        if (Encoding.UTF8.GetByteCount(text) is var octets and > CycleLimits.MaximumPackOctets)
        {
            throw Invalid($"the pack has {octets} octets; at most {CycleLimits.MaximumPackOctets}");
        }

        try
        {
            return PackLoader.Load(text, name.Length == 0 ? "pack" : name);
        }
        catch (ConfigurationException exception)
        {
            throw Invalid($"the pack is not valid: {exception.Code}: {exception.Message}");
        }
    }

    private static RpcException Invalid(string detail) => new(new Status(StatusCode.InvalidArgument, detail));

    private static IReadOnlyList<BenchDevice> DevicesOf(RigRecord record) => [.. record.Devices.Select(device => device.Device)];

    private RigDesk Choose(V1.SubmitCyclesRequest request, Func<RigRecord, bool> isEligible)
    {
        string name = request.Rig;
        if (name.Length > 0)
        {
            return rigs.Find(name) is { Record: not null } desk ? desk : throw NoRig($"no rig '{name}' was ever connected");
        }

        IReadOnlyList<RigDesk> connected = rigs.Connected;
        if (connected.Count <= 1)
        {
            return connected.Count == 1 ? connected[0] : throw NoRig("no rig is connected");
        }

        Dictionary<string, RigFitness> eligible = connected
            .Where(desk => desk.Presence.IsOnline && desk.Record is { } record && isEligible(record))
            .ToDictionary(desk => desk.Name, desk => desk.Fitness, StringComparer.Ordinal);
        return eligible.Count > 0
            ? rigs.Open(RigChoice.Of(eligible, request.Seed))
            : throw NoRig("several rigs are connected and no online one has a device for every case; name one with --rig");
    }

    private List<RigRecord> SparesOf(V1.SubmitCyclesRequest request, string own)
    {
        if (request.SpareRigs.Count > CycleLimits.MaximumSpareRigs)
        {
            throw Invalid($"{request.SpareRigs.Count} spare rigs; at most {CycleLimits.MaximumSpareRigs}");
        }

        if (request.SpareRigs.Count > 0 && request.Rig.Length == 0)
        {
            throw Invalid("spare rigs need the rig that they stand in for: name it, too");
        }

        if (request.SpareRigs.Append(own).GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(names => names.Count() > 1)
            is { } twice)
        {
            throw Invalid($"the rig {twice.Key} is named twice");
        }

        return
        [
            .. request.SpareRigs.Select(name =>
                rigs.Find(name)?.Record ?? throw NoRig($"no rig '{name}' was ever connected")),
        ];
    }

    /// <summary>The devices of a rig with the inventory rows of now.</summary>
    public async Task<IReadOnlyList<DeviceBaseline>> BaselineAsync(RigRecord record, CancellationToken cancellationToken)
    {
        IReadOnlyList<InventoryDevice> rows =
            await services.Store.ListInventoryAsync(record.Name, cancellationToken).ConfigureAwait(false);
        return [.. record.Devices.Select(device => ContractMapping.WithRow(device, rows))];
    }

    private RpcException NoRig(string what)
    {
        string known = string.Join(", ", rigs.All.Where(desk => desk.Record is not null).Select(desk => desk.Name));
        string hint = known.Length == 0
            ? "No rig is known: start one with 'harness agent'."
            : $"Known: {known}. 'harness rigs' shows them.";
        return new RpcException(new Status(StatusCode.FailedPrecondition, $"{what}. {hint}"));
    }

    private async Task<Cycle> AddAsync(Cycle first, IReadOnlyList<TestCase> cases, CancellationToken cancellationToken)
    {
        for (int ordinal = 1; ; ordinal++)
        {
            string id = ExecutionName.OfCycle(first.Created, ordinal);
            Cycle cycle = first with { Id = id, Submission = first.Submission.Length > 0 ? first.Submission : id };
            try
            {
                IReadOnlyList<Execution> executions =
                    CycleFreezer.Executions(cycle.Id, cases, [.. cycle.Devices.Select(device => device.Device)]);
                await services.Store.AddCycleAsync(cycle, executions, cancellationToken).ConfigureAwait(false);
                return cycle;
            }
            catch (StoreException exception) when (exception.Code == AlreadyThere && ordinal < CycleLimits.MaximumPerSecond)
            {
                // Another cycle of this second has the name: the next one is tried.
            }
        }
    }
}
