using DeviceHarness.Abstractions.Devices;
using DeviceHarness.Duis.Service;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way into the service: a DUIS Service Request in, its acknowledgement and its response out.</summary>
public interface IServiceRequestPort
{
    /// <summary>Sends one Service Request and waits for everything that it causes.</summary>
    /// <param name="requestXml">The DUIS request, written by anybody.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The synchronous and the asynchronous answer.</returns>
    /// <exception cref="DuisFormatException">The text is not a Service Request: path and line say where.</exception>
    /// <exception cref="Errors.HarnessException">The bench broke, or the harness cannot serve the request.</exception>
    Task<ServiceExchange> SendAsync(string requestXml, CancellationToken cancellationToken);
}

/// <summary>One Service Request with its answers.</summary>
/// <param name="RequestXml">The request as it was sent.</param>
/// <param name="Acknowledgement">The synchronous answer: I99 or a refusal.</param>
/// <param name="Response">The asynchronous answer; null when the acknowledgement refused, or when none is due.</param>
/// <param name="Outcome">What the device did; null when the request never reached one.</param>
/// <param name="Latency">Where the time went.</param>
/// <param name="Warnings">What was accepted with a doubt, such as an older schema version.</param>
public sealed record ServiceExchange(
    string RequestXml,
    ServiceAnswer Acknowledgement,
    ServiceAnswer? Response,
    DeviceOutcome? Outcome,
    LatencySplit Latency,
    IReadOnlyList<string> Warnings);
