using DeviceHarness.Abstractions.Devices;

namespace DeviceHarness.Agent.Undo;

/// <summary>A command of a case that was carried out, and what the ledger did for it.</summary>
/// <param name="Result">What the device did.</param>
/// <param name="ReadBefore">The variants of the requests that were sent first to learn the state that it changes.</param>
/// <param name="LeftOut">The values that it sets and that are not put back.</param>
internal sealed record UndoneCommand(SrvResult Result, IReadOnlyList<string> ReadBefore, IReadOnlyList<string> LeftOut);

/// <summary>A state that a command is about to change, as the ledger has it.</summary>
/// <param name="Change">The change that begins; null when nothing will have to be undone.</param>
/// <param name="Asked">The variants of the requests that were sent to learn it.</param>
/// <param name="LeftOut">The values of it that will not be put back.</param>
internal sealed record UndoPreparation(IDisposable? Change, IReadOnlyList<string> Asked, IReadOnlyList<string> LeftOut);
