using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Abstractions.Execution;

/// <summary>The way to the forms in which devices of a home area network answer, past the service: no Service Request carries
/// them.</summary>
public interface IFormPort
{
    /// <summary>Asks devices the same things, one device after the other. Nothing is changed in any.</summary>
    /// <param name="devices">The devices by their names in the rig file, at least two.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>One row for each thing.</returns>
    /// <exception cref="Errors.HarnessException">A device is behind no adapter or in no network, or the bench broke.</exception>
    Task<IReadOnlyList<AnswerForms>> ReadAsync(IReadOnlyList<DeviceId> devices, CancellationToken cancellationToken);
}
