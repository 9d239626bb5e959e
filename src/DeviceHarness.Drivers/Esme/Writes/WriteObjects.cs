using System.Diagnostics.CodeAnalysis;
using DeviceHarness.Drivers.Dlms;
using DeviceHarness.Drivers.Profiles;
using DeviceHarness.Duis.Bodies;

namespace DeviceHarness.Drivers.Esme.Writes;

/// <summary>What a model has for the requests that change it.</summary>
internal sealed class WriteObjects(DlmsClient client, EsmeObjectMap map, TimeProvider timeProvider)
{
    /// <summary>Begins the plan of a request.</summary>
    /// <param name="body">The request.</param>
    /// <param name="plan">An empty plan, when the model takes such requests.</param>
    /// <returns>False when the model does not.</returns>
    internal bool TryBegin(SrvRequestBody body, [NotNullWhen(true)] out WritePlan? plan)
    {
        bool hasAny = map.Writes.Variants.TryGetValue(
            body.ServiceReferenceVariant, out IReadOnlyDictionary<string, WriteObject>? objects) && objects.Count > 0;
        DateTimeOffset? later = body is IDeviceDated { ExecutionDateTime: { } time } && time > timeProvider.GetUtcNow() ? time : null;
        plan = hasAny ? new WritePlan(objects!, later, later is not null && ((IDeviceDated)body).IsWithdrawal) : null;
        return hasAny;
    }

    /// <summary>Begins to carry a plan out.</summary>
    internal WriteRun Start(WritePlan plan) => new(client, plan.Steps);
}
