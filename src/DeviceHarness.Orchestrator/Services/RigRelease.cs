using DeviceHarness.Assurance.Cycles;
using DeviceHarness.Orchestrator.Cycles;
using DeviceHarness.Orchestrator.Mapping;
using DeviceHarness.Orchestrator.Rigs;
using DeviceHarness.Store;
using Grpc.Core;
using V1 = DeviceHarness.Contracts.V1;

namespace DeviceHarness.Orchestrator.Services;

/// <summary>Lets a person give a rig up before its leases end by rule, take it out, and let it or a device of it work again.</summary>
internal sealed class RigRelease(RigRegistry rigs, RigDeskServices services)
{
    /// <summary>Ends the live leases of a rig as rig faults, and lets the cycles' other rigs take its queued cases.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such rig, or it, or the device, is not in quarantine. INVALID_ARGUMENT: no reason, or
    /// one that is too long. FAILED_PRECONDITION: the rig, which keeps the quarantine, is not connected.</exception>
    public async Task<V1.ReleaseRigReply> ReleaseAsync(V1.ReleaseRigRequest request, CancellationToken cancellationToken)
    {
        RequireReason(request.Reason, "a release");
        RigDesk desk = Find(request.Rig);
        if (request.Device.Length > 0)
        {
            return ReleaseDevice(desk, request);
        }

        if (request.Quarantine)
        {
            return await desk.QuarantineAsync(Person(request.By), request.Reason, isOut: false, cancellationToken).ConfigureAwait(false)
                ? new V1.ReleaseRigReply()
                : throw new RpcException(new Status(
                    StatusCode.NotFound, $"{desk.Name} is not in quarantine; 'harness rigs' shows which rigs are"));
        }

        string reason = $"released by a person: {request.Reason}";
        Dictionary<AttemptKey, string> cases = (await services.Store.ListLiveLeasesAsync(cancellationToken).ConfigureAwait(false))
            .ToDictionary(lease => lease.Attempt, lease => lease.CaseId);
        IReadOnlyList<ExpiredLease> ended =
            await services.Store.ReleaseRigAsync(desk.Name, reason, services.Now, cancellationToken).ConfigureAwait(false);
        OrchestratorLog.RigReleased(services.Logger, desk.Name, reason, ended.Count);
        V1.ReleaseRigReply reply = new();
        foreach (ExpiredLease lease in ended)
        {
            await desk.ExpireAsync(lease, reason, cancellationToken).ConfigureAwait(false);
            reply.Leases.Add(new V1.ReleasedLease
            {
                ExecutionId = lease.Attempt.ExecutionId,
                CaseId = cases.GetValueOrDefault(lease.Attempt, string.Empty),
                Attempt = lease.Attempt.Number,
                QueuedAgain = lease.IsQueuedAgain,
            });
        }

        // Cases that were never leased may go to other rigs, too.
        foreach (RigDesk other in rigs.Connected.Where(other => other != desk))
        {
            services.Bell.Ring(other.Name);
        }

        return reply;
    }

    /// <summary>Gives a rig no work until a person releases it.</summary>
    /// <exception cref="RpcException">NOT_FOUND: no such rig. INVALID_ARGUMENT: no reason, or one that is too long. FAILED_PRECONDITION:
    /// a person took it out before.</exception>
    public async Task<V1.QuarantineRigReply> QuarantineAsync(V1.QuarantineRigRequest request, CancellationToken cancellationToken)
    {
        RequireReason(request.Reason, "a quarantine");
        RigDesk desk = Find(request.Rig);
        bool isNew = await desk.QuarantineAsync(Person(request.By), request.Reason, isOut: true, cancellationToken).ConfigureAwait(false);
        return isNew && desk.Bench.Open is { } quarantine
            ? new V1.QuarantineRigReply { Quarantine = RigMapping.ToContract(quarantine) }
            : throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"{desk.Name} is in quarantine: {desk.Bench.Open?.ToString() ?? "released since"}"));
    }

    private static string Person(string by) => by.Length > 0 ? by : "a person";

    private static void RequireReason(string reason, string what)
    {
        if (reason.Length is 0 or > CycleLimits.MaximumReasonCharacters)
        {
            throw new RpcException(new Status(
                StatusCode.InvalidArgument, $"{what} needs a reason of 1 to {CycleLimits.MaximumReasonCharacters} characters"));
        }
    }

    private RigDesk Find(string rig) => rigs.Find(rig) is { Record: not null } known
        ? known
        : throw new RpcException(new Status(
            StatusCode.NotFound, $"no rig '{rig}' was ever connected; 'harness rigs' shows those that were"));

    /// <summary>Asks a rig to let a device out of quarantine; its next report says that it did.</summary>
    private V1.ReleaseRigReply ReleaseDevice(RigDesk desk, V1.ReleaseRigRequest request)
    {
        if (desk.Quarantine.Of(request.Device).Length == 0)
        {
            throw new RpcException(new Status(
                StatusCode.NotFound, $"no device '{request.Device}' of {desk.Name} is in quarantine; 'harness rigs' shows those that are"));
        }

        V1.ReleaseDevice release = new() { Device = request.Device, By = request.By, Reason = request.Reason };
        if (desk.Session is not { } session || !session.TrySend(new V1.OrchestratorMessage { ReleaseDevice = release }))
        {
            throw new RpcException(new Status(
                StatusCode.FailedPrecondition, $"{desk.Name} is not connected, and keeps the quarantine of its devices itself"));
        }

        OrchestratorLog.DeviceReleased(services.Logger, desk.Name, request.Device, request.By, request.Reason);
        return new V1.ReleaseRigReply();
    }
}
