using System.Collections.Frozen;

namespace PatternAnalysis.Import.Formats;

/// <summary>
/// The records of transcripts that hold no call and no prompt, by their types: settings, titles, marks, what was said, progress. A record
/// that is neither one of these nor read is counted (<see cref="SkipReason.UnknownRecord"/>), because it may hold calls in a form that came
/// after this version.
/// </summary>
internal static class KnownRecords
{
    /// <summary>Of Claude Code's transcripts and of what <c>claude -p</c> prints.</summary>
    public static FrozenSet<string> Claude { get; } =
        Names(
            """
            agent-color agent-name agent-setting ai-title artifact-autoreact-ledger artifact-comment-monitor atis-latch attachment
            attribution-snapshot auth_status bridge-session content-replacement continued-in control_cancel_request
            control_request control_response cost-state custom-title ended-by-model file-history-delta file-history-snapshot
            fork-context-ref frame-link history-suppression isolation-latch keep_alive last-prompt marble-origami-commit
            marble-origami-reset marble-origami-snapshot mode observer-ref permission-mode pr-link progress prompt_suggestion
            queue-operation rate_limit_event relocated result speculation-accept stream_event streamlined_text
            streamlined_tool_use_summary summary system tag task-summary tool_progress tool_use_summary worktree-state
            """
        );

    /// <summary>The lines of Codex's rollouts.</summary>
    public static FrozenSet<string> Codex { get; } =
        Names(
            """
            compacted inter_agent_communication inter_agent_communication_metadata session_state world_state
            """
        );

    /// <summary>The items of its protocol log; calls and their outputs are told by how their types end.</summary>
    public static FrozenSet<string> CodexItems { get; } =
        Names(
            """
            additional_tools agent_message compaction compaction_summary compaction_trigger context_compaction ghost_snapshot
            message other reasoning
            """
        );

    /// <summary>The events of its display log. They tell again of what stands in the protocol log.</summary>
    public static FrozenSet<string> CodexMessages { get; } =
        Names(
            """
            agent_message agent_message_content_delta agent_message_delta agent_reasoning agent_reasoning_delta
            agent_reasoning_raw_content agent_reasoning_raw_content_delta agent_reasoning_section_break
            apply_patch_approval_request background_event compacted context_compacted conversation_path deprecation_notice
            dynamic_tool_call_request dynamic_tool_call_response elicitation_request entered_review_mode environment_context error
            exec_approval_request exec_command_begin exec_command_output_delta exited_review_mode get_history_entry_response
            guardian_assessment guardian_warning hook_completed hook_started image_generation_begin image_generation_end
            item_started list_custom_prompts_response list_skills_response mcp_list_tools_response mcp_startup_complete
            mcp_startup_update mcp_tool_call_begin model_reroute model_verification patch_apply_begin patch_apply_updated
            plan_delta plan_update raw_response_item reasoning_content_delta reasoning_raw_content_delta remote_skill_downloaded
            request_permissions request_user_input safety_buffering session_configured shutdown_complete skills_update_available
            stream_error stream_info sub_agent_activity task_complete task_started terminal_interaction thread_goal_updated
            thread_name_updated thread_rolled_back thread_settings_applied turn_aborted turn_complete turn_diff
            turn_moderation_metadata turn_started undo_completed undo_started view_image_tool_call warning web_search_begin
            web_search_end
            """
        );

    /// <summary>What Codex tells of the agents that it works with; the calls stand in the protocol log.</summary>
    public const string CodexAgents = "collab_";

    /// <summary>The families of events of GitHub Copilot CLI, before the point in their types.</summary>
    public static FrozenSet<string> CopilotFamilies { get; } =
        Names(
            """
            assistant auto_mode_switch capabilities command commands elicitation exit_plan_mode external_tool hook mcp model
            pending_messages permission sampling session skill subagent system user_input
            """
        );

    /// <summary>Those of no family, and those of the families that calls and prompts belong to.</summary>
    public static FrozenSet<string> Copilot { get; } =
        Names(
            """
            abort tool.execution_partial_result tool.execution_progress tool.user_requested user.message_edited
            """
        );

    /// <summary>Of Qwen Code's chats.</summary>
    public static FrozenSet<string> Qwen { get; } =
        Names(
            """
            system summary progress result
            """
        );

    /// <summary>The entries of pi's sessions.</summary>
    public static FrozenSet<string> Pi { get; } =
        Names(
            """
            branch_summary child_usage_attributed compaction custom custom_message label leaf mode_change model_change session
            session_info thinking_level_change
            """
        );

    /// <summary>The roles of messages in them that neither ask nor answer.</summary>
    public static FrozenSet<string> PiRoles { get; } =
        Names(
            """
            bashExecution branchSummary compactionSummary custom hookMessage system
            """
        );

    /// <summary>What <c>codex exec --json</c> prints beside its items.</summary>
    public static FrozenSet<string> CodexExec { get; } =
        Names(
            """
            error item.updated session.created thread.started turn.completed turn.failed turn.started
            """
        );

    /// <summary>Its items that are no calls.</summary>
    public static FrozenSet<string> CodexExecItems { get; } =
        Names(
            """
            agent_message assistant_message error reasoning todo_list user_message
            """
        );

    /// <summary>The messages of Gemini CLI's sessions that are shown to the user only.</summary>
    public static FrozenSet<string> Gemini { get; } =
        Names(
            """
            error info system warning
            """
        );

    /// <summary>The parts of OpenCode's messages that are no calls.</summary>
    public static FrozenSet<string> OpenCodeParts { get; } =
        Names(
            """
            agent compaction file image patch reasoning retry snapshot step-finish step-start subtask text
            """
        );

    private static FrozenSet<string> Names(string names) =>
        names.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.Ordinal);
}
