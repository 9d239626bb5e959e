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
