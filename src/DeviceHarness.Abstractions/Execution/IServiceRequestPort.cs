using DeviceHarness.Duis;
using DeviceHarness.Duis.Bodies.Firmware;
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

    /// <summary>Sends one Service Request to a service of one's choice and waits for everything that it causes.</summary>
    /// <param name="requestXml">The DUIS request, written by anybody.</param>
    /// <param name="path">The service; null for the one that its command variant belongs to.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The synchronous and the asynchronous answer.</returns>
    /// <exception cref="DuisFormatException">The text is not a Service Request: path and line say where.</exception>
    /// <exception cref="Errors.HarnessException">The bench broke, the harness cannot serve the request, or this way in has one service
    /// only.</exception>
    Task<ServiceExchange> SendAsync(string requestXml, ServicePath? path, CancellationToken cancellationToken) =>
        path is null
            ? SendAsync(requestXml, cancellationToken)
            : throw new Errors.LocalProtocolException(
                "SRV-003", $"this way into the service has no choice of services, and {path} was asked for", "one service", "a request");

    /// <summary>Sends one Service Request and says how the bench is to bring the image of an 11.1 to the device.</summary>
    /// <param name="requestXml">The DUIS request, written by anybody.</param>
    /// <param name="path">The service; null for the one that its command variant belongs to.</param>
    /// <param name="delivery">How the image is brought; anything but <see cref="ImageDelivery.Checked"/> is for 11.1 alone.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The synchronous and the asynchronous answer.</returns>
    /// <exception cref="DuisFormatException">The text is not a Service Request: path and line say where.</exception>
    /// <exception cref="Errors.HarnessException">The bench broke, the harness cannot serve the request, or this way in brings images in
    /// one way only.</exception>
    Task<ServiceExchange> SendAsync(
        string requestXml, ServicePath? path, ImageDelivery delivery, CancellationToken cancellationToken) =>
        delivery == ImageDelivery.Checked
            ? SendAsync(requestXml, path, cancellationToken)
            : throw new Errors.LocalProtocolException(
                "SRV-004", $"this way into the service has no say in the delivery, and {delivery} was asked for", "checked", "a request");

    /// <summary>What the service's log says of a request.</summary>
    /// <param name="requestId">The request.</param>
    /// <returns>The status; null when the service shows no log, or not of this request.</returns>
    RequestStatus? StatusOf(RequestId requestId) => null;

    /// <summary>Loses the device's response to one request that is sent next: the device does its work, and the service tells the User that
    /// no response came.</summary>
    /// <param name="requestId">The request.</param>
    /// <exception cref="Errors.HarnessException">SRV-004: this way in is no simulation, and loses nothing on purpose.</exception>
    void LoseResponseTo(RequestId requestId) => throw new Errors.LocalProtocolException(
        "SRV-004", "a response was to be lost on purpose", "the simulated service, or a case that loses none", $"request {requestId}");

    /// <summary>Waits for the answer to a request that was accepted, and that the service holds for a later time.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="within">How long to wait; the wait ends early only with the answer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The acknowledgement of then with the answer; null when none came in time.</returns>
    /// <exception cref="Errors.HarnessException">The bench broke, or SRV-005: this way in tells no later answers.</exception>
    Task<ServiceExchange?> AnswerToAsync(RequestId requestId, TimeSpan within, CancellationToken cancellationToken) =>
        throw new Errors.LocalProtocolException(
            "SRV-005", "a later answer was waited for", "the simulated service, which holds requests", $"request {requestId}");

    /// <summary>Decides about a request in quarantine, and waits for everything that this causes.</summary>
    /// <param name="requestId">The request.</param>
    /// <param name="decision">Whether it is sent or dropped.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answers; null when it was dropped.</returns>
    /// <exception cref="Errors.HarnessException">The bench broke, or SRV-005: this way in has no quarantine, or not that request in
    /// it.</exception>
    Task<ServiceExchange?> DecideAsync(RequestId requestId, QuarantineDecision decision, CancellationToken cancellationToken) =>
        throw new Errors.LocalProtocolException(
            "SRV-005", $"{decision} of a quarantined request was asked for", "the simulated service, which has thresholds",
            $"request {requestId}");
}
