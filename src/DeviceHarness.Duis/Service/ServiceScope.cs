using DeviceHarness.Duis.Bodies;
using DeviceHarness.Duis.Catalogue;

namespace DeviceHarness.Duis.Service;

/// <summary>What of the requests that pass every check this service can serve.</summary>
internal static class ServiceScope
{
    /// <summary>What is left out when a top-up for local delivery is accepted.</summary>
    public const string LocalDeliveryAssumption =
        "assumption utrn-not-made: the request was accepted for local delivery; the UTRN that the SMETS1 Service Provider would make and "
        + "give back for it is not made, and nothing was sent to the device";

    /// <summary>What is assumed when a request withdraws others.</summary>
    public const string WithdrawalAssumption =
        "assumption dsp-withdrawal: the published cancellations are of requests that a device holds; the same date withdraws what the "
        + "service holds for the User, device and variant, and I0 says so";

    private const string TopUp = "2.2";
    private const int LocalDelivery = 2;

    /// <summary>Why a request that passed every check cannot be served here; null when it can.</summary>
    public static string? NotServed(CheckContext context, DateTimeOffset now)
    {
        if (context.Entry.Criticality == SrvCriticality.NonDevice)
        {
            return $"{context.Entry.Srv} is answered by the service's own data, which this harness does not hold";
        }

        if (context.Device is not { Smets1: true })
        {
            return $"device {context.Request.Id.Target} is not a SMETS1 device of the inventory: its answer would be a GBCS message";
        }

        if (context.Request.Body.DeviceType is { } type && type != context.Device.DeviceType)
        {
            return $"the body is that of an {type} and {context.Request.Id.Target} is a {context.Device.DeviceType}: with which code the"
                + " service refuses that is not public";
        }

        if (context.Entry.NotOnDevice.Length > 0)
        {
            return $"{context.Entry.Srv}: {context.Entry.NotOnDevice}";
        }

        if (context.Request.CommandVariant == LocalDelivery && !IsLocalTopUp(context))
        {
            return "a command for local delivery would be returned to the User, which this harness does not do";
        }

        return IsLater(context.Request.Body, now) && context.Request.Body is not IDeviceDated
            && !IsWithdrawal(context) && HeldRequests.DueOf(context.Request.Body, context.Entry, now) is null
            ? $"the request is dated {DuisText.Time(((IFutureDatable)context.Request.Body).ExecutionDateTime!.Value)}: "
                + $"neither the service nor a device holds {context.Entry.Srv} for a later time"
            : null;
    }

    /// <summary>Whether a request withdraws what the service itself holds for a later time.</summary>
    public static bool IsWithdrawal(CheckContext context) =>
        context.Request.Body is IFutureDatable { ExecutionDateTime: { } time } and not IDeviceDated && time == IDeviceDated.Withdrawal;

    /// <summary>Whether a request is a top-up of a SMETS1 device for local delivery: it is accepted, and no device is asked.</summary>
    public static bool IsLocalTopUp(CheckContext context) =>
        context is { Entry.Srv: TopUp, Request.CommandVariant: LocalDelivery, Device.Smets1: true };

    private static bool IsLater(SrvRequestBody body, DateTimeOffset now) =>
        body is IFutureDatable { ExecutionDateTime: { } time } && time > now;
}
