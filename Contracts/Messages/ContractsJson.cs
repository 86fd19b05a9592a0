using System.Text.Json;
using System.Text.Json.Serialization;

namespace Teleprompter.Contracts;

/// <summary>The one JSON dialect of the wire: camelCase, enums by name, nulls written out, unknown properties ignored.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(CallEvent))]
[JsonSerializable(typeof(StartCallRequest))]
[JsonSerializable(typeof(StartCallReply))]
[JsonSerializable(typeof(SocketTicket))]
[JsonSerializable(typeof(TranscriptSegment))]
[JsonSerializable(typeof(AudioFrame))]
[JsonSerializable(typeof(SpeechFrame))]
[JsonSerializable(typeof(SpeechReport))]
[JsonSerializable(typeof(CallBrief))]
[JsonSerializable(typeof(SuggestionFeedback))]
[JsonSerializable(typeof(Progress))]
[JsonSerializable(typeof(CallReport))]
[JsonSerializable(typeof(AuditReport))]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(Consent))]
[JsonSerializable(typeof(ConsentPolicy))]
[JsonSerializable(typeof(IReadOnlyList<PersonaView>))]
public sealed partial class ContractsJson : JsonSerializerContext;
