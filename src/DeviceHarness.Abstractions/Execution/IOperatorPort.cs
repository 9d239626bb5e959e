namespace DeviceHarness.Abstractions.Execution;

/// <summary>Asks the person at the bench for what no line reaches: to read a display, to press a button, to take a cover off. Safe for use
/// from any thread.</summary>
public interface IOperatorPort
{
    /// <summary>Asks, and waits for the answer.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="within">How long to wait, on real time: a person is not hurried by a scaled clock.</param>
    /// <param name="cancellationToken">Takes the question back.</param>
    /// <returns>Null when nobody answered in that time; the question is taken back then.</returns>
    /// <exception cref="Errors.TransportException">The question cannot be shown, or the answer not be read.</exception>
    Task<OperatorAnswer?> AskAsync(OperatorQuestion question, TimeSpan within, CancellationToken cancellationToken);
}
